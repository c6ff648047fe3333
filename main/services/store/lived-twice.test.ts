import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Sample } from '../../contract/samples.ts';
import { takenOver } from './lived-twice.ts';
import { fastSample, hostId } from './sample-fixture.ts';
import { openStore, type Store } from './store.ts';

const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const minute = 60_000;
const start = Date.UTC(2026, 3, 22, 12, 0, 0);

/** A sample every half minute; the load tells by which clock. */
function samples(from: number, count: number, uptimeSeconds: number, load: number): Sample[] {
  return Array.from({ length: count }, (_, i) => {
    const sample = fastSample(from + (i * minute) / 2, i + 1);
    const clock = { ...sample.data.clock, uptime_seconds: uptimeSeconds + i * 30 };
    return { ...sample, data: { ...sample.data, clock, load: { ...sample.data.load, one: load } as never } };
  });
}

async function open(path: string): Promise<Store> {
  const store = await openStore({ path });
  cleanups.push(() => store.close());
  return store;
}

/** The load in each half minute, and whose process list each instant has. */
async function shown(store: Store): Promise<{ loads: (number | null)[]; lists: (number | null)[] }> {
  const [from, to] = [start, start + 20 * minute];
  const series = await store.series({ hostId, readings: ['load.1'], from, to, points: 41 });
  const loads = series.readings['load.1']?.mean ?? [];
  const lists: (number | null)[] = [];
  for (let at = from + 1000; at < to; at += 2 * minute)
    lists.push((await store.processesAt(hostId, at))?.clock.uptime_seconds ?? null);
  return { loads: [...loads], lists };
}

test('minutes that were lived twice show what the host lived later, open or sealed, in charts and in lists', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rackside-twice-'));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'rackside.db');
  const store = await open(path);
  // Twenty minutes; then the clock is set back by twelve, and eight more are lived.
  store.append(hostId, samples(start, 40, 1000, 1));
  store.append(hostId, samples(start + 8 * minute + 1, 16, 3000, 2));
  const expected = {
    // The first half minute has a sample of each.
    loads: Array.from({ length: 40 }, (_, i) => (i === 16 ? 1.5 : i > 16 && i < 32 ? 2 : 1)),
    lists: [1000, 1120, 1240, 1360, 3000, 3120, 3240, 3360, 1960, 2080],
  };
  const whileOpen = await shown(store);
  // The next hour seals what is of this one.
  store.append(hostId, samples(start + 61 * minute, 3, 3600, 3));
  await store.maintain(start + 61 * minute);
  expect([whileOpen, await shown(store)]).toEqual([expected, expected]);

  const second = (n: number) => start + 8 * minute + 1 + n * 30_000;
  const steps = [
    await store.processesAt(hostId, start + 8 * minute, 'next'),
    await store.processesAt(hostId, second(0), 'next'),
    await store.processesAt(hostId, start + 16 * minute, 'previous'),
  ].map((list) => list?.clock.uptime_seconds);
  expect(steps).toEqual([3000, 3030, 3450]);
});

test('a run takes over only what it lived later of the same boot', () => {
  const run = (t0: number, t1: number, boot: string | null, min: number | null, max = 0) => ({
    ...{ t0, t1, boot, uptime: () => (min === null ? null : { min, max }) },
  });
  const runs = [
    run(0, 100, 'a', 0, 100),
    run(40, 60, 'a', 101, 120),
    run(50, 70, 'b', 0, 20),
    run(30, 35, 'a', null),
    run(80, 90, 'a', 80, 90),
    run(100, 110, 'a', 121, 131),
    run(200, 210, 'a', 132, 142),
  ];
  expect(takenOver(runs)).toEqual([
    [
      [40, 60],
      [100, 110],
    ],
    ...[[], [], [], [], [], []],
  ]);
});
