import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFakeHost } from '../e2e/lab/fake-host.ts';
import { keepHeapLean } from '../main/services/console/lean-heap.ts';
import type { FleetService } from '../main/services/fleet/fleet-service.ts';
import { openStore } from '../main/services/store/store.ts';
import { fillProcesses } from './idle-processes.ts';
import { createLabFleet } from './lab-fleet.ts';
import { percentile } from './measure.ts';
import { latenessOf, missedIn } from './punctuality.ts';
import { recordRounds } from './recording.ts';
import type { Report } from './report.ts';

const cadenceSeconds = 5;
/** From the last host's first sample on: caches and compiled code are as in a console that runs for a while. */
const settleSeconds = 10;
const measuredSeconds = 30;

/** What 200 hosts cost the console. */
export function consoleBench(report: Report): Promise<void> {
  return manyHosts(report, { bench: 'console', hosts: 200, corePercent: 10, rssMiB: null });
}

/** What a thousand do. */
export function thousandBench(report: Report): Promise<void> {
  return manyHosts(report, { bench: 'thousand', hosts: 1000, corePercent: 25, rssMiB: 300 });
}

interface Bars {
  readonly bench: string;
  readonly hosts: number;
  readonly corePercent: number;
  readonly rssMiB: number | null;
}

/**
 * Real SSH to servers in another process that replay a recording of this machine with 300 processes, sessions,
 * framing, parsing, the fleet, and the store on a disk with its own thread. No page is open.
 */
async function manyHosts(report: Report, { bench, hosts, corePercent, rssMiB }: Bars): Promise<void> {
  keepHeapLean();
  const directory = mkdtempSync(join(tmpdir(), 'rackside-bench-'));
  const filled = await fillProcesses(300);
  const recording = await recordRounds(20).finally(filled.end);
  process.env.RACKSIDE_BENCH_RECORDING = join(directory, 'recording.json');
  writeFileSync(process.env.RACKSIDE_BENCH_RECORDING, JSON.stringify(recording));
  const module = new URL('./replaying-host.ts', import.meta.url).href;
  const fake = await startFakeHost({ none: true, module, ports: hosts });
  const store = await openStore({ path: join(directory, 'rackside.db') });
  const arrivals = fake.ports.map((): number[] => []);
  let fleet: FleetService | null = null;
  try {
    fleet = await createLabFleet({
      ...{ store, directory, ports: fake.ports },
      fastSeconds: () => cadenceSeconds,
      onSample: ({ kind }, index) => {
        if (kind === 'fast') arrivals[index]?.push(performance.now());
      },
    });
    fleet.start();
    await connected(arrivals, 40 + hosts / 10);
    await sleep(settleSeconds * 1000);

    const from = performance.now();
    const cpuFrom = process.cpuUsage();
    await sleep(measuredSeconds * 1000);
    const cpu = process.cpuUsage(cpuFrom);
    const to = performance.now();
    const cpuMs = (cpu.user + cpu.system) / 1000;
    const within = arrivals.map((times) => times.filter((time) => time >= from && time < to));
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
    report({ ...figure, figure: 'memory', value: process.memoryUsage.rss() / 2 ** 20, unit: 'MiB', bar: rssMiB });
    report({ ...figure, figure: 'missed deadlines', value: missed, unit: '', bar: 0 });
    report({ ...figure, figure: 'lateness p99', value: percentile(lateness, 99), unit: 'ms', bar: 1000 });
  } finally {
    await fleet?.close();
    await store.close();
    await fake.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Waits until every host has given a sample. */
async function connected(arrivals: readonly (readonly number[])[], seconds: number): Promise<void> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const silent = arrivals.filter((times) => times.length === 0).length;
    if (silent === 0) return;
    if (performance.now() > deadline) throw new Error(`${silent} hosts gave no sample in ${seconds} s.`);
    await sleep(100);
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
