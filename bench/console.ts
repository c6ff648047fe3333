import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFakeHost } from '../e2e/lab/fake-host.ts';
import { type BuiltConsole, startBuiltConsole } from './built-console.ts';
import { fillProcesses } from './idle-processes.ts';
import { cpuSecondsOfTree, memoryOf, percentile } from './measure.ts';
import { latenessOf, missedIn } from './punctuality.ts';
import { recordRounds } from './recording.ts';
import type { Report } from './report.ts';

const cadenceSeconds = 5;
const measuredSeconds = 30;

/** What 200 hosts cost the console, once caches and compiled code are as in one that runs for a while. */
export function consoleBench(report: Report): Promise<void> {
  return manyHosts(report, { bench: 'console', hosts: 200, settleSeconds: 10, corePercent: 10, rssMiB: null });
}

/** What a thousand do, after ten minutes: slow and daily rounds have come, and a part of an hour waits to be sealed. */
export function thousandBench(report: Report): Promise<void> {
  return manyHosts(report, { bench: 'thousand', hosts: 1000, settleSeconds: 600, corePercent: 25, rssMiB: 300 });
}

interface Bars {
  readonly bench: string;
  readonly hosts: number;
  /** From the last host's first sample on. */
  readonly settleSeconds: number;
  readonly corePercent: number;
  readonly rssMiB: number | null;
}

/**
 * The built console as a process of its own, connected by real SSH to servers in another one, that replay a recording
 * of this machine with 300 processes and note when each round is asked for. No page is open.
 */
async function manyHosts(report: Report, bars: Bars): Promise<void> {
  const { bench, hosts, settleSeconds, corePercent, rssMiB } = bars;
  const directory = mkdtempSync(join(tmpdir(), 'rackside-bench-'));
  const filled = await fillProcesses(300);
  const recording = await recordRounds(20).finally(filled.end);
  process.env.RACKSIDE_BENCH_RECORDING = join(directory, 'recording.json');
  process.env.RACKSIDE_BENCH_ASKED = join(directory, 'asked');
  writeFileSync(process.env.RACKSIDE_BENCH_RECORDING, JSON.stringify(recording));
  const module = new URL('./replaying-host.ts', import.meta.url).href;
  const fake = await startFakeHost({ none: true, module, ports: hosts });
  const asked = () => askedIn(process.env.RACKSIDE_BENCH_ASKED as string, fake.ports);
  let running: BuiltConsole | null = null;
  try {
    running = await startBuiltConsole(directory, fake, cadenceSeconds);
    await connected(asked, 60 + hosts / 3);
    await sleep(settleSeconds * 1000);

    const from = Date.now();
    const cpuFrom = cpuSecondsOfTree(running.pid);
    await sleep(measuredSeconds * 1000);
    const cpuMs = (cpuSecondsOfTree(running.pid) - cpuFrom) * 1000;
    const to = Date.now();
    const { rssMiB: memory, pssMiB } = memoryOf(running.pid);
    const within = asked().map((times) => times.filter((time) => time >= from && time < to));
    const samples = within.reduce((sum, times) => sum + times.length, 0);
    const lateness = within.flatMap((times) => latenessOf(times, cadenceSeconds * 1000));
    const missed = within.reduce(
      (sum, times) => sum + missedIn(times, cadenceSeconds * 1000, measuredSeconds * 1000),
      0,
    );
    const heard = within.filter((times) => times.length > 0).length;

    const figure = { bench, rival: null };
    report({ ...figure, figure: 'hosts', value: heard, unit: '', bar: null });
    report({ ...figure, figure: `samples in ${measuredSeconds} s`, value: samples, unit: '', bar: null });
    report({ ...figure, figure: 'cpu per sample, ssh to store', value: cpuMs / samples, unit: 'ms', bar: 1 });
    report({ ...figure, figure: 'share of a core', value: (100 * cpuMs) / (to - from), unit: '%', bar: corePercent });
    report({ ...figure, figure: 'memory', value: memory, unit: 'MiB', bar: rssMiB });
    report({ ...figure, figure: 'the same, what is shared in part', value: pssMiB, unit: 'MiB', bar: null });
    report({ ...figure, figure: 'missed deadlines', value: missed, unit: '', bar: 0 });
    report({ ...figure, figure: 'lateness p99', value: percentile(lateness, 99), unit: 'ms', bar: 1000 });
  } finally {
    await running?.close();
    await fake.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** When fast rounds were asked for, in milliseconds since the epoch, by host. */
function askedIn(file: string, ports: readonly number[]): number[][] {
  const times = new Map(ports.map((port): [number, number[]] => [port, []]));
  for (const line of existsSync(file) ? readFileSync(file, 'latin1').split('\n') : []) {
    const [port, time] = line.split(' ');
    times.get(Number(port))?.push(Number(time));
  }
  return [...times.values()];
}

/** Waits until every host was asked for a sample. */
async function connected(asked: () => readonly (readonly number[])[], seconds: number): Promise<void> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const silent = asked().filter((times) => times.length === 0).length;
    if (silent === 0) return;
    if (performance.now() > deadline) throw new Error(`${silent} hosts were not asked in ${seconds} s.`);
    await sleep(1000);
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
