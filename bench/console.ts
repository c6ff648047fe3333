import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFakeHost } from '../e2e/lab/fake-host.ts';
import type { Host, SshTarget } from '../main/contract/hosts.ts';
import type { Connect } from '../main/domain/collect/transport.ts';
import { startSession } from '../main/services/collect/session.ts';
import { createFleet, type FleetService } from '../main/services/fleet/fleet.ts';
import { createSshConnect, type SshOptions } from '../main/services/ssh/connect.ts';
import { createSecretKeeper } from '../main/services/ssh/secret-keeper.ts';
import { openStore } from '../main/services/store/store.ts';
import { fillProcesses } from './idle-processes.ts';
import { percentile } from './measure.ts';
import { recordRounds } from './recording.ts';
import type { Report } from './report.ts';

const hosts = 200;
const cadenceSeconds = 5;
/** From the last host's first sample on: caches and compiled code are as in a console that runs for a while. */
const settleSeconds = 10;
const measuredSeconds = 30;
const connectSeconds = 60;

/**
 * What many hosts cost the console: real SSH to servers in another process that replay a recording of this machine
 * with 300 processes, sessions, framing, parsing, the fleet, and the store on a disk with its own thread. No page is
 * open. Nobody looks at the hosts; only their cadence is set to what is measured.
 */
export async function consoleBench(report: Report): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'rackside-bench-'));
  const filled = await fillProcesses(300);
  const recording = await recordRounds(20).finally(filled.end);
  process.env.RACKSIDE_BENCH_RECORDING = join(directory, 'recording.json');
  writeFileSync(process.env.RACKSIDE_BENCH_RECORDING, JSON.stringify(recording));
  const module = new URL('./replaying-host.ts', import.meta.url).href;
  const fake = await startFakeHost({ none: true, module, ports: hosts });
  const store = await openStore({ path: join(directory, 'rackside.db') });
  const arrivals = new Map<string, number[]>();
  let fleet: FleetService | null = null;
  try {
    const ssh: SshOptions = {
      sshDirectory: directory,
      knownHostsFile: join(directory, 'known_hosts'),
      systemKnownHostsFile: join(directory, 'none'),
      agentSocket: null,
      secrets: createSecretKeeper(),
      now: () => performance.now(),
    };
    for (const [index, port] of fake.ports.entries()) {
      const host = hostAt(index, fake.address, port);
      arrivals.set(host.id, []);
      await store.saveHost(host);
    }
    fleet = await createFleet({
      book: {
        ...store,
        removeHost: ({ id }) => store.removeHost(id),
        append: (hostId, samples) => {
          for (const { kind } of samples) if (kind === 'fast') arrivals.get(hostId)?.push(performance.now());
          store.append(hostId, samples);
        },
        lastSampleAt: async () => null,
      },
      connectTo: (host) => trusting(createSshConnect(host.target as SshTarget, ssh)),
      startSession: async (transport, listeners, signal) => {
        const session = await startSession({ transport, ...listeners, signal });
        session.setFastSeconds(cadenceSeconds);
        const { requestFirst, close } = session;
        return { slowdown: 1, setFastSeconds: () => {}, setSlowerSeconds: () => {}, requestFirst, close };
      },
      openSink: () => Promise.reject(new Error('Nothing is recorded here.')),
      dumpFolder: directory,
      now: Date.now,
      uptimeMs: () => performance.now(),
      retryDelayMs: () => 1000,
      guests: () => [],
      warnings: () => [],
    });
    fleet.start();
    await connected(arrivals);
    await sleep(settleSeconds * 1000);

    const from = performance.now();
    const cpuFrom = process.cpuUsage();
    await sleep(measuredSeconds * 1000);
    const cpu = process.cpuUsage(cpuFrom);
    const to = performance.now();
    const cpuMs = (cpu.user + cpu.system) / 1000;
    const within = [...arrivals.values()].map((times) => times.filter((time) => time >= from && time < to));
    const samples = within.reduce((sum, times) => sum + times.length, 0);
    const lateness = within.flatMap(latenessOf);
    const missed = within.reduce((sum, times) => sum + missedIn(times), 0);

    const figure = { bench: 'console', rival: null };
    report({
      ...figure,
      figure: 'hosts',
      value: within.filter((times) => times.length > 0).length,
      unit: '',
      bar: null,
    });
    report({ ...figure, figure: `samples in ${measuredSeconds} s`, value: samples, unit: '', bar: null });
    report({ ...figure, figure: 'cpu per sample, ssh to store', value: cpuMs / samples, unit: 'ms', bar: 1 });
    report({ ...figure, figure: 'share of a core', value: (100 * cpuMs) / (to - from), unit: '%', bar: 10 });
    report({ ...figure, figure: 'missed deadlines', value: missed, unit: '', bar: 0 });
    report({ ...figure, figure: 'lateness p99', value: percentile(lateness, 99), unit: 'ms', bar: 1000 });
  } finally {
    await fleet?.close();
    await store.close();
    await fake.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

function hostAt(index: number, address: string, port: number): Host {
  const id = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
  const target: SshTarget = { transport: 'ssh', address, port, user: 'bench', identityFiles: [], agent: false };
  return { id, name: `host ${index}`, target, addedAt: 0 };
}

/** Answers the only question that these hosts have. */
function trusting(connect: Connect): Connect {
  return ({ onStep }, signal) =>
    connect({ onStep, ask: async () => ({ kind: 'host_key' as const, trust: true }) }, signal);
}

/** Waits until every host has given a sample. */
async function connected(arrivals: ReadonlyMap<string, readonly number[]>): Promise<void> {
  const deadline = performance.now() + connectSeconds * 1000;
  for (;;) {
    const silent = [...arrivals.values()].filter((times) => times.length === 0).length;
    if (silent === 0) return;
    if (performance.now() > deadline) throw new Error(`${silent} hosts gave no sample in ${connectSeconds} s.`);
    await sleep(100);
  }
}

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
