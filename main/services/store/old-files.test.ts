import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Sample } from '../../contract/samples.ts';
import { migrations } from './migrations/index.ts';
import { keepOldFile, oldFile, unpackOldFile } from './old-file-fixture.ts';
import { hostId, mediumSample, span } from './sample-fixture.ts';
import { naive } from './series-fixture.ts';
import { createStoreFolder, host, hour, type StoreFolder, start } from './store-fixture.ts';

let at: StoreFolder;
beforeEach(() => {
  at = createStoreFolder();
});
afterEach(() => at.end());

/** What the files hold; the fixture gives the same samples for ever. */
const samples = span(start, 300, 2000);
const gap = { from: start - hour, to: start, cause: 'asleep', detail: 'The lid was closed.' } as const;

/** Keeps the file of a schema that has none yet: one block, an open frame, a gap. */
async function keep(version: number): Promise<void> {
  const store = await at.opened();
  await store.saveHost(host);
  store.append(hostId, samples);
  store.append(hostId, [mediumSample(start)]);
  store.appendGap(hostId, gap);
  await store.flush();
  const database = new Database(at.path, { readonly: true });
  await expect.poll(() => database.prepare('select count(*) from block').pluck().get()).toBe(1);
  database.close();
  await store.close();
  keepOldFile(version, at.path, join(at.folder, `schema-${version}.db`));
}

/** The kept files of the first four schemas are older than what a list says of parents and starts. */
function withoutParents(processes: Sample['data']['processes']): Sample['data']['processes'] {
  if (processes == null) return processes;
  return { ...processes, list: processes.list.map((row) => ({ ...row, parent_pid: null, started_seconds: null })) };
}

test.each(migrations.map((_, index) => index + 1))(
  'a file of schema %i is brought up to date, with all that is in it',
  async (version) => {
    if (!existsSync(oldFile(version)) && process.env.RACKSIDE_KEEP_OLD_FILES === '1') {
      await keep(version);
      await at.end();
      at = createStoreFolder();
    }
    mkdirSync(dirname(at.path));
    unpackOldFile(version, at.path);
    const store = await at.opened();
    const request = { readings: ['memory.used', 'cpu.busy'], from: start, to: start + hour, points: 1800 };
    const { times, readings, gaps } = await store.series({ hostId, ...request, from: start - hour, points: 3600 });
    const expected = naive(samples, { ...request, from: start - hour, points: 3600 });
    const list = async (place: number) => store.processesAt(hostId, start + place * 2000);
    const told = (place: number) => ({
      collected_at: samples[place]?.collected_at,
      clock: samples[place]?.data.clock,
      processes: version <= 4 ? withoutParents(samples[place]?.data.processes) : samples[place]?.data.processes,
    });
    expect({
      hosts: await store.hosts(),
      ...{ times, readings, gaps },
      lists: [await list(10), await list(290)],
      used: (await store.series({ hostId, ...request, readings: ['fs:/.used_percent'] })).readings,
      health: [store.notice, (await store.health()).problem],
    }).toEqual({
      hosts: [host],
      ...{ times: expected.times, readings: expected.readings },
      gaps: version === 1 ? [] : [gap],
      // The first schema kept lists of open samples only.
      lists: [version === 1 ? null : told(10), told(290)],
      used: { 'fs:/.used_percent': { mean: [62.5], min: [62.5], max: [62.5] } },
      health: [null, null],
    });
    await store.close();
    const database = new Database(at.path, { readonly: true });
    expect(database.pragma('user_version', { simple: true })).toBe(migrations.length);
    database.close();
  },
);
