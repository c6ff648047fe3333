import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FaultError } from '../../contract/faults.ts';
import { type Series, seriesSchema } from '../../contract/history.ts';
import type { Host } from '../../contract/hosts.ts';
import type { Sample } from '../../contract/samples.ts';
import { migrate } from './database.ts';
import { hostsAndSamples } from './migrations/0001-hosts-and-samples.ts';
import { migrations } from './migrations/index.ts';
import { fastSample, hostId, mediumSample, otherId, span } from './sample-fixture.ts';
import { naive, readings } from './series-fixture.ts';
import { openStore, requireNode } from './store.ts';
import { createStoreFolder, day, host, hour, type StoreFolder, start } from './store-fixture.ts';

let folder: string;
let path: string;
let opened: StoreFolder['opened'];
let end: StoreFolder['end'];

beforeEach(() => {
  ({ folder, path, opened, end } = createStoreFolder());
});
afterEach(() => end());

const minute = 60_000;

describe('hosts', () => {
  test('are kept over a restart, and forgotten with all that is stored of them', async () => {
    const first = await opened();
    const other: Host = {
      ...{ id: otherId, name: 'db', group: 'rack 1', tags: ['db', 'ssd'], addedAt: start + 0.25 },
      target: { transport: 'ssh', address: 'db', port: 22, user: 'root', identityFiles: ['~/.ssh/id'], agent: true },
    };
    await first.saveHost({ ...host, name: 'old name' });
    await first.saveHost(host);
    await first.saveHost({ ...other, addedAt: start + 1 });
    const samples = span(start, 300, 30_000);
    first.append(hostId, samples);
    first.append(otherId, samples);
    first.appendGap(hostId, { from: start, to: start + 1, cause: 'asleep', detail: 'The lid was closed.' });
    await first.removeHost(hostId);
    first.append(hostId, samples);
    await first.close();

    const second = await opened();
    const asked = { readings, from: start, to: start + day, points: 100 };
    expect({
      hosts: await second.hosts(),
      extent: await second.extent(hostId),
      series: (await second.series({ hostId, ...asked })).times,
      gaps: (await second.series({ hostId, ...asked })).gaps,
      processes: await second.processesAt(hostId, start + hour),
      other: (await second.extent(otherId)).first,
    }).toEqual({
      hosts: [{ ...other, addedAt: start + 1 }],
      extent: { first: null, last: null, bytes: 0 },
      series: [],
      gaps: [],
      processes: null,
      other: start,
    });
  });
});

describe('series', () => {
  const sets = {
    'two hours at 2 s': span(start, 3600, 2000),
    'two days at 30 s': span(start, 5760, 30_000),
    'two hours a day for two weeks': Array.from({ length: 14 }, (_, i) => span(start + i * day, 240, 30_000)).flat(),
    'a few that are not sealed': span(start, 7, 2000),
    'what came late': [
      ...span(start + 4 * hour, 130, 30_000),
      ...span(start, 130, 30_000),
      ...span(start + hour / 2 + 1, 70, 7000),
    ],
  };
  test.each(Object.entries(sets))('%s are as computed from the samples', async (_, samples) => {
    const store = await opened({ path: ':memory:' });
    const batches = Array.from({ length: Math.ceil(samples.length / 500) }, (_, i) =>
      samples.slice(i * 500, i * 500 + 500),
    );
    for (const batch of batches) {
      store.append(hostId, batch);
      await store.flush();
    }
    store.append(hostId, [mediumSample(start)]);
    const requests = [
      { from: start, to: start + hour, points: 800 },
      { from: start - day, to: start + 3 * day, points: 800 },
      { from: start + 123_456, to: start + 14 * day, points: 300 },
      { from: start + 10_000, to: start + 10_001, points: 2 },
      { from: start - 2 * day, to: start - day, points: 50 },
    ].map((request) => ({ ...request, readings }));
    for (const request of requests) {
      const series = await store.series({ hostId, ...request });
      expect(seriesSchema.parse(series).times.length).toBeLessThanOrEqual(request.points);
      expect(rounded(series)).toEqual(rounded(naive(samples, request)));
    }
  });

  /** Sums are made in another order; what is left of that is far behind the unit. */
  const rounded = (series: Series) =>
    JSON.parse(JSON.stringify(series), (_, value) =>
      typeof value === 'number' ? Number(value.toPrecision(12)) : value,
    );

  test('a reading that is not known is refused; one that a host does not have is not there', async () => {
    const store = await opened({ path: ':memory:' });
    store.append(hostId, [mediumSample(start)]);
    const request = { hostId, from: start, to: start + hour, points: 10 };
    await expect(store.series({ ...request, readings: ['__proto__'] })).rejects.toMatchObject({
      fault: { code: 'bad_input' },
    });
    const answer = await store.series({
      ...request,
      readings: ['fs:/.used_percent', 'fs:/gone.used_percent', 'cpu.busy'],
    });
    const [used, gone] = [
      { mean: [62.5], min: [62.5], max: [62.5] },
      { mean: [null], min: [null], max: [null] },
    ];
    expect(answer.readings).toEqual({ 'fs:/.used_percent': used, 'fs:/gone.used_percent': gone, 'cpu.busy': gone });
  });

  test('a time that is there already is ignored, sealed or not', async () => {
    const store = await opened();
    const samples = span(start, 500, 2000);
    store.append(hostId, samples);
    await store.flush();
    store.append(hostId, samples);
    store.append(hostId, samples.slice(-3));
    const { readings: answer } = await store.series({
      hostId,
      readings: ['clock.uptime'],
      from: start,
      to: start + hour,
      points: 2,
    });
    const request = { readings: ['clock.uptime'], from: start, to: start + hour, points: 2 };
    expect(answer).toEqual(naive(samples, request).readings);
  });

  test('gaps come with their cause, and an open one grows', async () => {
    const store = await opened();
    const gap = {
      from: start + minute,
      to: start + 2 * minute,
      cause: 'unreachable',
      detail: 'No route to host.',
    } as const;
    store.appendGap(hostId, gap);
    store.appendGap(hostId, { ...gap, to: start + 5 * minute });
    store.appendGap(hostId, { ...gap, from: start - day, to: start - day + 1 });
    const { gaps } = await store.series({ hostId, readings, from: start, to: start + hour, points: 10 });
    expect(gaps).toEqual([{ ...gap, to: start + 5 * minute }]);
  });
});

describe('process lists', () => {
  test('of every fast sample come back exactly, from open and sealed blocks, after a restart', async () => {
    const samples = span(start, 700, 2000);
    samples[650] = { ...(samples[650] as Sample), collected_at: '2026-04-22T12:41:40.123456Z' };
    const first = await opened();
    for (let i = 0; i < samples.length; i += 100) {
      first.append(hostId, samples.slice(i, i + 100));
      await first.flush();
    }
    await first.close();
    const store = await opened();
    for (const sample of [...samples.filter((_, i) => i % 31 === 0), ...samples.slice(-60)]) {
      const at = Math.floor(Date.parse(sample.collected_at)) + 1;
      expect(await store.processesAt(hostId, at)).toEqual({
        collected_at: sample.collected_at,
        clock: sample.data.clock,
        processes: sample.data.processes,
      });
    }
  });

  test('after an instant are found over gaps, unknown ones, sealed blocks and a late sample, and end', async () => {
    const store = await opened();
    const sealed = span(start, 300, 2000);
    const later = span(start + 3 * day, 4, 2000);
    const late = fastSample(start + 1001, 0);
    const unknown = { ...fastSample(start + 3 * day - 1000, 0) };
    store.append(hostId, [...sealed, late]);
    store.append(hostId, [{ ...unknown, data: { ...unknown.data, processes: null } }]);
    store.append(hostId, later);
    store.append(hostId, [mediumSample(start + 700)]);
    const next = (at: number) => store.processesAt(hostId, at, 'next');
    const answerOf = ({ collected_at, data: { clock, processes } }: Sample) => ({ collected_at, clock, processes });
    const asked = [start - day, start, start + 1000.5, start + 1001, start + 598_000, start + 3 * day + 3999];
    const expected = [sealed[0], late, late, sealed[1], later[0], later[2]] as Sample[];
    const ask = async () => [...(await Promise.all(asked.map(next))), await next(start + 3 * day + 6000)];
    expect(await ask()).toEqual([...expected.map(answerOf), null]);
    const database = new Database(path, { readonly: true });
    const blocks = database.prepare<[], number>('select count(*) from block').pluck();
    await expect.poll(() => blocks.get()).toBe(3);
    database.close();
    expect(await ask()).toEqual([...expected.map(answerOf), null]);
    expect(await store.processesAt(otherId, start, 'next')).toBeNull();
  });

  test('do not stand for a time long after them, nor for one in a gap, nor where they were not known', async () => {
    const store = await opened({ path: ':memory:' });
    store.append(hostId, [...span(start, 10, 2000), ...span(start + hour, 10, 30_000)]);
    store.append(otherId, [{ ...fastSample(start, 0), data: { ...fastSample(start, 0).data, processes: null } }]);
    store.appendGap(hostId, {
      from: start + hour + 280_000,
      to: start + 2 * hour,
      cause: 'timed_out',
      detail: 'No answer.',
    });
    const at = (when: number) => store.processesAt(hostId, when).then((found) => found?.collected_at ?? null);
    expect([
      await at(start - 1),
      await at(start + 5999),
      await at(start + 27_999),
      await at(start + 28_001),
      await at(start + hour + 275_000),
      await at(start + hour + 285_000),
      await store.processesAt(otherId, start),
    ]).toEqual([
      null,
      new Date(start + 4000).toISOString(),
      new Date(start + 18_000).toISOString(),
      null,
      new Date(start + hour + 270_000).toISOString(),
      null,
      null,
    ]);
  });
});

describe('the file', () => {
  test('is readable by its owner only', async () => {
    const store = await opened();
    store.append(hostId, span(start, 3, 2000));
    await store.flush();
    expect([path, `${path}-wal`, `${path}-shm`].map((file) => statSync(file).mode & 0o777)).toEqual([
      0o600, 0o600, 0o600,
    ]);
    expect(await store.health()).toMatchObject({ lostSamples: 0, problem: null });
  });

  test('of an older version is brought up to date', async () => {
    await (await opened()).close();
    rmSync(path);
    const old = new Database(path);
    migrate(old, [hostsAndSamples]);
    old
      .prepare('insert into host values (?, ?, ?, cast(? as integer))')
      .run(hostId, 'web', '{"transport":"local"}', start);
    old.close();
    const store = await opened();
    store.append(hostId, span(start, 10, 2000));
    expect(await store.hosts()).toEqual([host]);
    expect(await store.processesAt(hostId, start)).not.toBeNull();
    const database = new Database(path, { readonly: true });
    expect(database.pragma('user_version', { simple: true })).toBe(migrations.length);
    database.close();
  });

  test('that cannot be used is refused with a sentence, and left as it was', async () => {
    const newer = join(folder, 'newer.db');
    const database = new Database(newer);
    database.pragma('user_version = 99');
    database.close();
    const before = readFileSync(newer);
    const file = join(folder, 'file');
    writeFileSync(file, 'no folder');
    const blocked = join(file, 'x.db');
    const faults = [];
    for (const wanted of [newer, blocked]) {
      faults.push(
        await openStore({ path: wanted }).then(
          () => null,
          (error: FaultError) => [error.fault.code, error.fault.message.replaceAll(folder, '')],
        ),
      );
    }
    expect(faults).toEqual([
      [
        'not_permitted',
        `The database was written by a newer Rackside (schema 99, this one knows ${migrations.length}). Update Rackside; the file was left as it is.`,
      ],
      ['not_permitted', '/file/x.db cannot be opened for writing. Check the folder and who may write to it.'],
    ]);
    expect(readFileSync(newer).equals(before)).toBe(true);
  });

  test('is not even tried on an older Node', () => {
    expect(() => requireNode('20.19.0')).toThrow('The store needs Node 22 or newer; this is Node 20.19.0.');
    expect(() => requireNode('24.1.0')).not.toThrow();
  });

  test('closed means closed', async () => {
    const store = await openStore({ path });
    await store.close();
    await expect(store.hosts()).rejects.toMatchObject({ fault: { code: 'disconnected' } });
  });
});
