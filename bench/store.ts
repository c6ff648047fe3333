import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Sample } from '../main/contract/samples.ts';
import { readingsOf } from '../main/domain/metrics/readings.ts';
import { openStore, type Store } from '../main/services/store/store.ts';
import { BusyList } from './busy-list.ts';
import { median } from './measure.ts';
import type { Report } from './report.ts';
import { RowPerReading } from './row-per-reading.ts';
import { WalkingHost } from './walking-host.ts';

const start = Date.UTC(2026, 3, 1);
const dayMs = 86_400_000;
const metric = 'memory.used';

/** What it costs to keep samples and to ask for them, beside a table with a row per reading in the same run. */
export async function storeBench(report: Report): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'rackside-bench-'));
  const rival = new RowPerReading(join(directory, 'rival.db'));
  try {
    await keepAndAsk(report, join(directory, 'month.db'), rival);
    await keepProcesses(report, join(directory, 'fast.db'), 2000);
    await keepProcesses(report, join(directory, 'slow.db'), 30_000);
    await tick(report, join(directory, 'fleet.db'), rival);
  } finally {
    rival.close();
    rmSync(directory, { recursive: true });
  }
}

/** One host every 30 s for a month: size, then one metric of a day and of the month for 800 points. */
async function keepAndAsk(report: Report, path: string, rival: RowPerReading): Promise<void> {
  const [host] = hostIds(1) as [string];
  const store = await openStore({ path });
  const host30 = new WalkingHost(1);
  const count = (30 * dayMs) / 30_000;
  let readings = 0;
  for (let i = 0; i < count; i += 500) {
    const samples = Array.from({ length: 500 }, (_, k) => host30.next(start + (i + k) * 30_000));
    readings += samples.reduce((sum, sample) => sum + readingsOf(sample).size, 0);
    store.append(host, samples);
    await store.flush();
    // The rival gets two days of all readings, and of the rest only the metric that it is asked for.
    const rows = samples.flatMap((sample) =>
      (i < 5760 ? [...readingsOf(sample)] : [[metric, readingsOf(sample).get(metric) ?? null] as const]).map(
        (row) => [sample.collected_at, ...row] as const,
      ),
    );
    rival.insert(
      host,
      rows.map(([at, name, value]) => ({ name, at: Date.parse(at), value })),
    );
    if (i + 500 >= 5760 && i < 5760) rival.markSize();
  }
  const { bytes } = await settled(store);
  const rivalName = 'a row per reading';
  report({
    bench: 'store',
    figure: 'room at 30 s, 40 readings, rollups included',
    value: bytes / readings,
    unit: 'bytes/reading',
    bar: 1.2,
    rival: { name: rivalName, value: rival.bytesPerReading },
  });
  for (const [figure, days] of [
    ['a day of one metric for 800 points', 1],
    ['30 days of one metric for 800 points', 30],
  ] as const) {
    const request = {
      hostId: host,
      readings: [metric],
      from: start + (30 - days) * dayMs,
      to: start + 30 * dayMs,
      points: 800,
    };
    const mine: number[] = [];
    const theirs: number[] = [];
    for (let i = 0; i < 21; i++) {
      const began = performance.now();
      await store.series(request);
      mine.push(performance.now() - began);
      const then = performance.now();
      rival.series(host, metric, request.from, request.to, request.points);
      theirs.push(performance.now() - then);
    }
    report({
      bench: 'store',
      figure,
      value: median(mine),
      unit: 'ms',
      bar: 10,
      rival: { name: rivalName, value: median(theirs) },
    });
  }
  await store.close();
}

/** 24 rows with three or four newcomers every 2 s, fewer in a sample of 30 s as the list is then of averages. */
async function keepProcesses(report: Report, path: string, everyMs: number): Promise<void> {
  const [host] = hostIds(1) as [string];
  const store = await openStore({ path });
  const list = new BusyList(everyMs === 2000 ? 3.5 : 2);
  let plain = 0;
  const count = 2400;
  for (let i = 0; i < count; i += 120) {
    const samples = Array.from({ length: 120 }, (_, k) => list.next(start + (i + k) * everyMs, everyMs));
    plain += samples.reduce((sum, sample) => sum + JSON.stringify(sample.data.processes).length, 0);
    store.append(host, samples);
    await store.flush();
  }
  await settled(store);
  await store.close();
  const database = new Database(path, { readonly: true });
  const { bytes, samples } = database
    .prepare('select sum(length(data)) as bytes, sum(samples) as samples from block join block_processes on block = id')
    .get() as { bytes: number; samples: number };
  database.close();
  report({
    bench: 'store',
    figure: `process list of 24 rows every ${everyMs / 1000} s`,
    value: bytes / samples,
    unit: 'bytes/sample',
    bar: 150,
    rival: { name: 'JSON', value: plain / count },
  });
}

/**
 * 200 hosts at once every 30 s. The third of three hours is measured, as a console runs for days and the code is warm
 * by then: in it, the blocks of the second are sealed, its rows of the journal go, and the file takes in its log.
 */
async function tick(report: Report, path: string, rival: RowPerReading): Promise<void> {
  const hosts = hostIds(200).map((id, i) => ({ id, walk: new WalkingHost(i) }));
  const store = await openStore({ path });
  const ticksPerHour = 120;
  const cpu: number[] = [];
  let longest = 0;
  for (let i = 0; i < 3 * ticksPerHour; i++) {
    if (i === 2 * ticksPerHour) {
      await settled(store);
      await store.health();
    }
    const samples = hosts.map(({ walk }) => walk.next(start + i * 30_000));
    const before = process.cpuUsage();
    hosts.forEach(({ id }, k) => {
      store.append(id, [samples[k] as Sample]);
    });
    await store.flush();
    if (i < 2 * ticksPerHour) continue;
    await new Promise((resolve) => setTimeout(resolve, 50));
    const { user, system } = process.cpuUsage(before);
    cpu.push((user + system) / 1000);
    longest = Math.max(longest, (await store.health()).longestPauseMs);
  }
  await store.close();
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const theirs: number[] = [];
  for (let i = 0; i < 12; i++) {
    const rows = hosts.map(({ id, walk }) => ({ id, readings: readingsOf(walk.next(start + i * 30_000)) }));
    const before = process.cpuUsage();
    rival.tick(rows, start + i * 30_000);
    const { user, system } = process.cpuUsage(before);
    theirs.push((user + system) / 1000);
  }
  const rivalTick = { name: 'a row per reading', value: mean(theirs) };
  report({
    bench: 'store',
    figure: 'a tick of 200 hosts × 40 readings, both threads, mean',
    value: mean(cpu),
    unit: 'ms CPU',
    bar: 2.5,
    rival: rivalTick,
  });
  report({
    bench: 'store',
    figure: 'the same, median: a tick in which no block is sealed',
    value: median(cpu),
    unit: 'ms CPU',
    bar: null,
    rival: null,
  });
  report({
    bench: 'store',
    figure: 'longest pause of the writer in such ticks',
    value: longest,
    unit: 'ms',
    bar: 20,
    rival: null,
  });
}

/** Waits until what is due is sealed. */
async function settled(store: Store): Promise<{ bytes: number }> {
  for (let before = -1; ; ) {
    const { bytes } = await store.health();
    if (bytes === before) return { bytes };
    before = bytes;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}

function hostIds(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`);
}
