import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Sample } from '../../contract/samples.ts';
import { type Connection, openDatabase } from './database.ts';
import type { StoreCalls } from './messages.ts';
import { Pauses } from './pauses.ts';
import { SampleBatch } from './sample-batch.ts';
import { fastSample, hostId, mediumSample, otherId, span } from './sample-fixture.ts';
import { serveStore } from './serve-store.ts';

const start = Date.UTC(2026, 3, 22, 12);
const day = 86_400_000;
const retention = { denseDays: 1, sampleDays: 30, rollupDays: 730, maxBytes: 2 ** 40 };
let folder: string;
let database: Connection;
let calls: StoreCalls;
let batch: SampleBatch;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rackside-serve-'));
  open();
});
afterEach(() => {
  calls.close();
  rmSync(folder, { recursive: true });
});

function open(): void {
  database = openDatabase(join(folder, 'rackside.db'));
  calls = serveStore(database, retention, new Pauses());
  batch = new SampleBatch();
}

function write(samples: readonly Sample[], host = hostId): void {
  for (const sample of samples) batch.add(host, sample);
  calls.write(batch.take());
}

const times = (host = hostId) =>
  calls.series({ hostId: host, readings: ['clock.uptime'], from: start, to: start + day, points: 90_000 }).times;
const timesOf = (samples: readonly Sample[]) => samples.map((sample) => Date.parse(sample.collected_at));
const count = (table: string) => database.prepare<[], number>(`select count(*) from ${table}`).pluck().get();

test('a frame that cannot be sealed is told with its host by name', async () => {
  calls.saveHost({ id: hostId, name: 'web', target: { transport: 'local' }, group: null, tags: [], addedAt: start });
  // A damaged row of the journal: the sample's layout says that it has more values than it has.
  write(span(start, 5, 2000));
  calls.close();
  const file = openDatabase(join(folder, 'rackside.db'));
  file.prepare("update layout set names = json_insert(names, '$[#]', 'cpu.core.9.busy')").run();
  file.close();
  open();
  write(span(start + 3_600_000, 5, 2000));
  await expect
    .poll(() => calls.health().problem)
    .toBe(
      '5 samples could not be packed and are not in any chart, the last ones of web: The packed bytes end too early.',
    );
  expect([count('block'), count('aside'), times()]).toEqual([0, 1, timesOf(span(start + 3_600_000, 5, 2000))]);
  calls.removeHost(hostId);
  expect(count('aside')).toBe(0);
});

describe('a disk that is full', () => {
  const allowPages = (pages: number) => database.pragma(`max_page_count = ${pages}`);
  const fill = () => allowPages(database.pragma('page_count', { simple: true }) as number);

  test('costs nothing when there is room again: what came meanwhile is written, new hosts and layouts too', async () => {
    const samples = span(start, 900, 2000);
    write(samples.slice(0, 100));
    fill();
    write(samples.slice(100, 500));
    write(samples.slice(500, 700));
    write([mediumSample(start)], otherId);
    expect(calls.health()).toMatchObject({
      lostSamples: 0,
      problem: expect.stringMatching(
        /^History is not being written: there is no room left on its disk\. \d+ samples wait/,
      ),
    });
    expect(times()).toEqual(timesOf(samples.slice(0, 700)));
    expect(() => calls.removeHost(hostId)).toThrow('no room left');

    allowPages(1_000_000);
    write(samples.slice(700));
    expect(calls.health()).toMatchObject({ lostSamples: 0, problem: null });
    await expect.poll(() => count('block')).toBe(3);
    calls.close();
    open();
    expect([times(), times(otherId)]).toEqual([timesOf(samples), [start]]);
    expect(calls.processesAt(hostId, start + 650 * 2000, 'at')?.processes).toEqual(samples[650]?.data.processes);
  });

  test('costs the samples that no longer fit into memory, and they are counted', () => {
    fill();
    const kept = 20_000;
    const waste = '/bin/true '.repeat(90);
    let next = 0;
    // Each list is new, so that it takes its full room.
    const large = (index: number): Sample => {
      const sample = fastSample(start + index * 1000, index);
      const list = sample.data.processes?.list.map((row, i) => ({ ...row, command: `${waste}${index} ${i}` })) ?? [];
      return { ...sample, data: { ...sample.data, processes: { count: 1, window_seconds: 1, list } } };
    };
    while (calls.health().lostSamples === 0 && next < kept) {
      write(Array.from({ length: 50 }, () => large(next++)));
    }
    expect(calls.health()).toMatchObject({ lostSamples: 50, problem: expect.stringContaining('no room left') });
    expect(times()).toHaveLength(next - 50);

    allowPages(1_000_000);
    // Nothing fits until what waits is written; the next try does that.
    write([large(next)]);
    write([large(next + 1)]);
    expect(calls.health()).toMatchObject({ lostSamples: 51, problem: null });
    calls.close();
    open();
    expect(times()).toEqual([
      ...Array.from({ length: next - 50 }, (_, i) => start + i * 1000),
      start + (next + 1) * 1000,
    ]);
  });
});
