import { beforeEach, describe, expect, test } from 'vitest';
import type { Sample } from '../../contract/samples.ts';
import { Blocks } from './blocks.ts';
import { DamagedBlocks } from './damaged-blocks.ts';
import { type Connection, openDatabase } from './database.ts';
import type { Frame } from './frame.ts';
import { unpackJournal } from './journal.ts';
import { Layouts } from './layouts.ts';
import { Pruner } from './pruner.ts';
import { SampleBatch } from './sample-batch.ts';
import { hostId, mediumSample, otherId, span } from './sample-fixture.ts';
import { SampleWriter } from './sample-writer.ts';
import { Sealer } from './sealer.ts';
import { WriteQueue } from './write-queue.ts';

const start = Date.UTC(2026, 3, 22, 12);
const minute = 60_000;
const day = 86_400_000;
let database: Connection;
let batch: SampleBatch;
let writer: SampleWriter;
let sealer: Sealer;
let pruner: Pruner;

beforeEach(() => {
  database = openDatabase(':memory:');
  restart();
});

/** As after a restart: all that is in memory is made anew. */
function restart(): void {
  const [layouts, blocks, queue] = [new Layouts(database), new Blocks(database), new WriteQueue(database)];
  const retention = { denseDays: 1, sampleDays: 30, rollupDays: 60, maxBytes: 2 ** 40 };
  batch = new SampleBatch();
  writer = new SampleWriter(database, layouts, blocks, queue, new DamagedBlocks(), start);
  sealer = new Sealer(database, layouts, blocks, writer, queue);
  pruner = new Pruner(database, layouts, blocks, writer, retention, new DamagedBlocks(), () => sealer.seal(start, 1));
  flush = () => queue.flush();
}
let flush: () => boolean;

function write(samples: readonly Sample[], now: number, host = hostId): void {
  for (const sample of samples) batch.add(host, sample);
  writer.write(batch.take(), new Set(), now);
  flush();
}

function sealAll(now: number): void {
  sealer.look(now);
  while (sealer.seal(now, 1));
}

const rows = (sql: string) => database.prepare<[], unknown>(sql).pluck().all();
const blocks = () => rows('select samples from block order by id');

describe('sealing', () => {
  test('a stream that has been silent for ten minutes is sealed as it is, and the journal is empty then', () => {
    write(span(start, 30, 2000), start);
    sealAll(start + 10 * minute);
    const before = { blocks: blocks(), journal: rows('select count(*) from journal') };
    sealAll(start + 10 * minute + 1);
    expect({ before, blocks: blocks(), journal: rows('select count(*) from journal') }).toEqual({
      before: { blocks: [], journal: [1] },
      blocks: [30],
      journal: [0],
    });
  });

  test('goes on where it was after a restart, and takes nothing twice', () => {
    write(span(start, 300, 2000), start);
    sealAll(start);
    write(span(start, 310, 2000), start);
    restart();
    write(span(start, 320, 2000), start);
    sealAll(start + 20 * minute);
    expect(blocks()).toEqual([240, 80]);
  });

  test('a host with another boot id in every sample does not make a block of each', () => {
    const samples = span(start, 1000, 2000).map((sample, i): Sample => {
      const clock = { ...sample.data.clock, boot_id: `boot ${i}` };
      return { ...sample, data: { ...sample.data, clock } };
    });
    write(samples, start);
    restart();
    sealAll(start + 20 * minute);
    expect({ blocks: blocks(), boots: rows('select boot from block order by id') }).toEqual({
      blocks: [1, 1, 1, 1, 240, 240, 240, 240, 36],
      boots: ['boot 0', 'boot 1', 'boot 2', 'boot 3', null, null, null, null, null],
    });
  });

  test('a host with other columns in every sample does not make a block that is too wide', () => {
    const samples = span(start, 30, 2000).map((sample, i): Sample => {
      const cores = Array.from({ length: 200 }, (_, k) => ({ id: 200 * (i % 15) + k, share: null }));
      return { ...sample, data: { ...sample.data, cpu: { total: null, cores } } };
    });
    write(samples, start);
    restart();
    sealAll(start + 20 * minute);
    const widths = rows('select json_array_length(names) from block join layout on layout = layout.id');
    const times = rows('select t0 from block order by id');
    expect({ blocks: blocks(), widest: Math.max(...(widths as number[])) < 2048, times: times.length }).toEqual({
      blocks: [10, 10, 10],
      widest: true,
      times: 3,
    });
    // Its names count as room that it takes: they stand in the file twice, as text and in the index.
    const names = rows('select sum(length(names)) from layout where id in (select layout from block)') as number[];
    expect(new Blocks(database).room(1)).toBeGreaterThan(2 * (names[0] as number));
  });

  test('a host with very many columns makes shorter blocks', () => {
    const cores = Array.from({ length: 1000 }, (_, id) => ({ id, share: null }));
    const samples = span(start, 240, 2000).map((sample): Sample => {
      return { ...sample, data: { ...sample.data, cpu: { total: null, cores } } };
    });
    write(samples, start);
    sealAll(start + 20 * minute);
    expect(blocks()).toEqual([58, 58, 58, 58, 8]);
  });

  test('a reboot begins a block, and the boot is told with it', () => {
    const rebooted = span(start + minute, 5, 2000).map((sample): Sample => {
      return { ...sample, data: { ...sample.data, clock: { boot_id: 'second', uptime_seconds: 1 } } };
    });
    write([...span(start, 5, 2000), ...rebooted], start);
    sealAll(start + 20 * minute);
    expect(rows("select samples || ' ' || boot from block order by id")).toEqual([
      '5 f3b8ad34-6a5f-4a52-9c7b-0d9f6f0e91c4',
      '5 second',
    ]);
  });
});

describe('a frame that cannot be sealed', () => {
  /** As a packing error would leave it: the values of one sample end too early. */
  const damage = (host: string) => {
    const frame = writer.streamsOf(host)[0]?.frames[0] as Frame;
    const damaged = frame.samples.map((sample, place) =>
      place === 2 ? { ...sample, values: new Uint8Array(0) } : sample,
    );
    Object.defineProperty(frame, 'samples', { value: damaged });
  };

  test('is set aside and told, and holds up neither other hosts nor its own next samples', () => {
    write(span(start, 240, 2000), start);
    write(span(start, 240, 2000), start, otherId);
    damage(hostId);
    write(span(start + 480_000, 5, 2000), start);
    write(span(start + 480_000, 5, 2000), start, otherId);
    sealAll(start + 20 * minute);
    const state = () => ({
      blocks: rows("select samples || ' ' || (id >> 33) from block order by id"),
      aside: rows("select samples || ' ' || stream || ' ' || (t1 - t0) || ' ' || reason from aside"),
      journal: rows('select count(*) from journal'),
      frames: [...writer.streams].map(({ frames }) => frames.length),
    });
    const expected = {
      blocks: ['5 1', '240 2', '5 2'],
      aside: ['240 1 478000 The packed bytes end too early'],
      journal: [0],
      frames: [0, 0],
    };
    expect([state(), sealer.aside]).toEqual([
      expected,
      { host: hostId, samples: 240, reason: 'The packed bytes end too early' },
    ]);
    const [data] = rows('select data from aside') as [Uint8Array];
    expect(unpackJournal(data).next().value?.sample.at).toBe(start);
    restart();
    expect(state()).toEqual({ ...expected, frames: [0, 0] });
  });

  test('goes with age', async () => {
    write(span(start, 5, 2000), start);
    damage(hostId);
    sealAll(start + 20 * minute);
    await pruner.maintain(start + 29 * day);
    const kept = rows('select count(*) from aside');
    await pruner.maintain(start + 31 * day);
    expect([kept, rows('select count(*) from aside')]).toEqual([[1], [0]]);
  });

  test('that the disk does not take waits instead', () => {
    write(span(start, 5, 2000), start);
    database.pragma('query_only = on');
    sealAll(start + 20 * minute);
    database.pragma('query_only = off');
    const waiting = [rows('select count(*) from aside'), sealer.aside];
    sealAll(start + 20 * minute);
    expect([waiting, blocks()]).toEqual([[[0], null], [5]]);
  });
});

test('a layout goes when no block and no open sample has it', async () => {
  write([mediumSample(start)], start, otherId);
  write(span(start, 5, 2000), start);
  sealAll(start + 20 * minute);
  write(span(start + 70 * day, 5, 2000), start + 70 * day);
  const layouts = () => rows('select count(*) from layout');
  const sealed = layouts();
  // As after a restart: no host has told its layout, but for what the journal holds.
  restart();
  await pruner.maintain(start + day);
  const kept = layouts();
  await pruner.maintain(start + 100 * day);
  expect({ sealed, kept, at: layouts(), blocks: blocks() }).toEqual({ sealed: [2], kept: [2], at: [1], blocks: [] });
});
