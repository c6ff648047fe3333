import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFakeHost } from '../e2e/lab/fake-host.ts';
import type { Answer, SshTarget } from '../main/contract/hosts.ts';
import type { ConnectPrompts, Transport } from '../main/domain/collect/transport.ts';
import { type Session, startSession } from '../main/services/collect/session.ts';
import { createSshConnect, type SshOptions } from '../main/services/ssh/connect.ts';
import { createSecretKeeper } from '../main/services/ssh/secret-keeper.ts';
import { fillProcesses } from './idle-processes.ts';
import { percentile } from './measure.ts';
import { recordRounds } from './recording.ts';
import type { Report } from './report.ts';

const hosts = 200;
const cadenceSeconds = 5;
const settleSeconds = 6;
const measuredSeconds = 30;
/** Starts are spread over one period, as the fleet spreads them. */
const spreadMs = (cadenceSeconds * 1000) / hosts;

/**
 * What many hosts cost the console: real SSH to servers in another process that replay a recording of this machine
 * with 300 processes, sessions, framing and parsing. Neither the store nor the page is in these figures.
 */
export async function consoleBench(report: Report): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'rackside-bench-'));
  const filled = await fillProcesses(300);
  const recording = await recordRounds(20).finally(filled.end);
  process.env.RACKSIDE_BENCH_RECORDING = join(directory, 'recording.json');
  writeFileSync(process.env.RACKSIDE_BENCH_RECORDING, JSON.stringify(recording));
  const module = new URL('./replaying-host.ts', import.meta.url).href;
  const fake = await startFakeHost({ none: true, module, ports: hosts });
  const ending = new AbortController();
  const links: Transport[] = [];
  try {
    const ssh: SshOptions = {
      sshDirectory: directory,
      knownHostsFile: join(directory, 'known_hosts'),
      systemKnownHostsFile: join(directory, 'none'),
      agentSocket: null,
      secrets: createSecretKeeper(),
      now: () => performance.now(),
    };
    const arrivals = fake.ports.map((): number[] => []);
    const sessions: Session[] = [];
    for (const [index, port] of fake.ports.entries()) {
      const begun = performance.now();
      const target: SshTarget = {
        transport: 'ssh',
        address: fake.address,
        port,
        user: 'bench',
        identityFiles: [],
        agent: false,
      };
      const transport = await createSshConnect(target, ssh)(trusting, ending.signal);
      links.push(transport);
      const session = await startSession({
        transport,
        signal: ending.signal,
        onSample: ({ kind }) => {
          if (kind === 'fast') arrivals[index]?.push(performance.now());
        },
      });
      session.setFastSeconds(cadenceSeconds);
      sessions.push(session);
      await sleep(Math.max(0, spreadMs - (performance.now() - begun)));
    }
    await sleep(settleSeconds * 1000);

    const from = performance.now();
    const cpuFrom = process.cpuUsage();
    await sleep(measuredSeconds * 1000);
    const cpu = process.cpuUsage(cpuFrom);
    const to = performance.now();
    const cpuMs = (cpu.user + cpu.system) / 1000;
    const within = arrivals.map((times) => times.filter((time) => time >= from && time < to));
    const samples = within.reduce((sum, times) => sum + times.length, 0);
    const lateness = within.flatMap(latenessOf);
    const missed = within.reduce((sum, times) => sum + missedIn(times), 0);

    const figure = { bench: 'console', rival: null };
    report({ ...figure, figure: 'hosts', value: sessions.length, unit: '', bar: null });
    report({ ...figure, figure: `samples in ${measuredSeconds} s`, value: samples, unit: '', bar: null });
    report({ ...figure, figure: 'cpu per sample, ssh to sample', value: cpuMs / samples, unit: 'ms', bar: 1 });
    report({ ...figure, figure: 'share of a core', value: (100 * cpuMs) / (to - from), unit: '%', bar: 10 });
    report({ ...figure, figure: 'missed deadlines', value: missed, unit: '', bar: 0 });
    report({ ...figure, figure: 'lateness p99', value: percentile(lateness, 99), unit: 'ms', bar: 1000 });
  } finally {
    ending.abort();
    for (const link of links) link.close();
    await fake.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

const trusting: ConnectPrompts = {
  onStep: () => {},
  ask: async (question): Promise<Answer> =>
    question.kind === 'host_key' ? { kind: 'host_key', trust: true } : { kind: 'secret', value: null },
};

/** How far each arrival lies behind the host's own grid of time, whose earliest arrival counts as punctual. */
function latenessOf(times: readonly number[]): number[] {
  const first = times[0] ?? 0;
  const offsets = times.map((time) => {
    const periods = Math.round((time - first) / (cadenceSeconds * 1000));
    return time - first - periods * cadenceSeconds * 1000;
  });
  const punctual = Math.min(...offsets);
  return offsets.map((offset) => offset - punctual);
}

/** Instants of the grid that nothing arrived for: between two arrivals, or all of them for a silent host. */
function missedIn(times: readonly number[]): number {
  const periodMs = cadenceSeconds * 1000;
  if (times.length === 0) return Math.floor(measuredSeconds / cadenceSeconds);
  return times.slice(1).reduce((sum, time, index) => {
    const periods = Math.round((time - (times[index] ?? time)) / periodMs);
    return sum + Math.max(0, periods - 1);
  }, 0);
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
