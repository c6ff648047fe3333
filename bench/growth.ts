import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Host } from '../main/contract/hosts.ts';
import { createPipeline, type Pipeline } from '../main/domain/collect/pipeline.ts';
import type { CommandRecord } from '../main/domain/collect/record.ts';
import type { Transport } from '../main/domain/collect/transport.ts';
import { defaultSeconds } from '../main/domain/policy/cadence.ts';
import { createFleet } from '../main/services/fleet/fleet.ts';
import type { SessionListeners } from '../main/services/fleet/kept-session.ts';
import { openStore } from '../main/services/store/store.ts';
import { keptMiB, median } from './measure.ts';
import { recordsOf } from './oracle.ts';
import { recordRounds } from './recording.ts';
import type { Report } from './report.ts';

const hosts = 10;
const hours = 24;
/** Ten simulated minutes. */
const stepSeconds = 600;
/** Caches are full and code is compiled by then. */
const warmUpHours = 6;
const start = Date.UTC(2026, 3, 22);

/** One host as its session would be: records of a recording, at the time that is simulated. */
interface PlayedHost {
  readonly pipeline: Pipeline;
  readonly listeners: SessionListeners;
}

/**
 * A day of some hosts as quickly as it goes: recorded rounds through the pipeline, the fleet and the store on a disk,
 * with retention every hour, and what is kept in memory every ten simulated minutes.
 */
export async function growthBench(report: Report): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'rackside-growth-'));
  const recording = await recordRounds(20);
  const fast = recording.fast.map(recordsOf);
  const slower = (['medium', 'slow', 'daily'] as const).map((kind) => ({
    seconds: defaultSeconds[kind],
    records: recordsOf(recording.first[kind]),
  }));
  const store = await openStore({ path: join(directory, 'rackside.db') });
  const played: PlayedHost[] = [];
  let seconds = 0;
  const now = () => start + seconds * 1000;
  for (let index = 0; index < hosts; index++) await store.saveHost(hostAt(index));
  const fleet = await createFleet({
    book: { ...store, removeHost: ({ id }) => store.removeHost(id), lastSampleAt: async () => null },
    connectTo: () => async () => nowhere,
    startSession: async (_transport, listeners) => {
      played.push({ pipeline: createPipeline(), listeners });
      return {
        slowdown: () => 1,
        setFastSeconds: () => {},
        setSlowerSeconds: () => {},
        requestFirst: () => {},
        askNow: () => {},
        close: () => {},
      };
    },
    openSink: () => Promise.reject(new Error('Nothing is recorded here.')),
    dumpFolder: directory,
    now,
    uptimeMs: () => performance.now(),
    retryDelayMs: () => 1000,
    guests: () => [],
    warnings: () => [],
  });
  try {
    fleet.start();
    while (played.length < hosts) await new Promise((resolve) => setTimeout(resolve, 10));
    const kept: number[] = [];
    let samples = 0;
    for (; seconds < hours * 3600; seconds += defaultSeconds.fast) {
      const records = fast[(seconds / defaultSeconds.fast) % fast.length] as CommandRecord[];
      const due = slower.filter((kind) => seconds % kind.seconds === 0).map((kind) => kind.records);
      for (const host of played) for (const round of [records, ...due]) samples += play(host, round, seconds, now());
      if (seconds % stepSeconds !== 0) continue;
      await store.flush();
      if (seconds % 3600 === 0) await store.maintain(now());
      kept.push(keptMiB());
    }
    const stepsPerHour = 3600 / stepSeconds;
    const warm = kept.slice(warmUpHours * stepsPerHour);
    const quarter = Math.floor(warm.length / 4);
    const whole = median(warm.slice(-quarter)) - median(warm.slice(0, quarter));
    const figure = { bench: 'growth', rival: null, unit: 'MiB' };
    report({
      ...figure,
      figure: `samples of ${hosts} hosts in ${hours} simulated h`,
      value: samples,
      unit: '',
      bar: null,
    });
    report({ ...figure, figure: 'growth per 10 simulated min after warm-up', value: slope(warm), bar: 1 });
    report({ ...figure, figure: 'growth from the first to the last quarter after warm-up', value: whole, bar: 1 });
    report({ ...figure, figure: 'memory at the end', value: process.memoryUsage.rss() / 2 ** 20, bar: null });
  } finally {
    await fleet.close();
    await store.close();
    rmSync(directory, { recursive: true });
  }
}

/** Gives how many samples came of it. */
function play(
  { pipeline, listeners }: PlayedHost,
  records: readonly CommandRecord[],
  uptime: number,
  at: number,
): number {
  let samples = 0;
  for (const [index, record] of records.entries()) {
    const stdout = index === 0 ? clockAt(record, uptime) : record.stdout;
    const told = { ...record, stdout, endedAt: at };
    listeners.onRecord(told);
    for (const sample of pipeline.push(told)) {
      listeners.onSample(sample);
      samples += 1;
    }
  }
  return samples;
}

/** The record that begins a round, with an uptime that goes on. */
function clockAt({ stdout }: CommandRecord, uptime: number): Uint8Array {
  const text = new TextDecoder().decode(stdout);
  return new TextEncoder().encode(text.replace(/^\S+/, (100_000 + uptime).toFixed(2)));
}

/** Of the line that fits best, per step. */
function slope(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const of = (weigh: (place: number, value: number) => number) =>
    values.reduce((sum, value, index) => sum + weigh(index - middle, value), 0);
  return of((place, value) => place * (value - mean)) / of((place) => place ** 2);
}

const nowhere: Transport = {
  by: 'a recording',
  start: () => Promise.reject(new Error('Nothing is started here.')),
  run: () => Promise.reject(new Error('Nothing is run here.')),
  onClose: () => {},
  close: () => {},
};

function hostAt(index: number): Host {
  const id = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
  return { id, name: `host ${index}`, target: { transport: 'local' }, group: null, tags: [], addedAt: 0 };
}
