import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hostId, span } from './sample-fixture.ts';
import type { Store } from './store.ts';
import { createStoreFolder, host, hour, type StoreFolder, start } from './store-fixture.ts';

let at: StoreFolder;
beforeEach(() => {
  at = createStoreFolder();
});
afterEach(() => at.end());

const names = () =>
  readdirSync(dirname(at.path)).map((name) => name.replace(/\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ/, 'TIME'));
const uptimes = async (store: Store) => {
  const request = { hostId, readings: ['clock.uptime'], from: start, to: start + hour, points: 4000 };
  return (await store.series(request)).times;
};
const timesOf = (samples: ReturnType<typeof span>) => samples.map((sample) => Date.parse(sample.collected_at));

/** Changes the file as nothing of ours would. */
function change(sql: string): void {
  const database = new Database(at.path);
  database.exec(sql);
  database.close();
}

/** Overwrites the page on which a table begins. */
function spoil(table: string): void {
  const database = new Database(at.path);
  const root = database.prepare<[string], number>('select rootpage from sqlite_master where name = ?').pluck();
  const page = root.get(table) as number;
  const size = database.pragma('page_size', { simple: true }) as number;
  database.pragma('wal_checkpoint(truncate)');
  database.close();
  const file = openSync(at.path, 'r+');
  writeSync(file, Buffer.alloc(size, 0xa5), 0, size, (page - 1) * size);
  closeSync(file);
}

/** A store with one host that has 600 samples, two blocks of them sealed. */
async function filled(): Promise<void> {
  const store = await at.opened();
  await store.saveHost(host);
  store.append(hostId, span(start, 600, 2000));
  await store.flush();
  const database = new Database(at.path, { readonly: true });
  const blocks = database.prepare<[], number>('select count(*) from block').pluck();
  await expect.poll(() => blocks.get()).toBe(2);
  database.close();
  await store.close();
}

test('a file that is no database is set aside as it is, and another one is begun', async () => {
  mkdirSync(dirname(at.path));
  const text = 'not a database, but long enough to be taken for one '.repeat(100);
  writeFileSync(at.path, text);
  const store = await at.opened();
  expect(store.notice?.replace(/damaged-.*Z/, 'damaged-TIME')).toBe(
    'The database was damaged. It was set aside as rackside.db.damaged-TIME. Its hosts could not be read; history begins anew.',
  );
  store.append(hostId, span(start, 3, 2000));
  expect(await uptimes(store)).toHaveLength(3);
  await store.close();
  expect(names()).toEqual(['rackside.db', 'rackside.db.damaged-TIME']);
  const aside = readdirSync(dirname(at.path)).find((name) => name.includes('damaged')) as string;
  expect(readFileSync(`${dirname(at.path)}/${aside}`, 'utf8')).toBe(text);
  expect(statSync(at.path).mode & 0o777).toBe(0o600);
  const again = await at.opened();
  expect([again.notice, (await uptimes(again)).length]).toEqual([null, 3]);
});

test('hosts are read out of a damaged file', async () => {
  await filled();
  const labelled = { ...host, group: 'rack 4', tags: ['web'] };
  const first = await at.opened();
  await first.saveHost(labelled);
  await first.close();
  spoil('stream');
  const store = await at.opened();
  expect([await store.hosts(), await uptimes(store), store.notice]).toEqual([
    [labelled],
    [],
    expect.stringContaining('1 hosts were read out of it'),
  ]);
});

test('a damaged block is left out, told, and goes with age; the rest lives', async () => {
  await filled();
  change('update block_samples set data = zeroblob(200) where block = (select min(block) from block_samples)');
  const store = await at.opened();
  const rest = span(start, 600, 2000).slice(240);
  expect(await uptimes(store)).toEqual(timesOf(rest));
  expect([await store.processesAt(hostId, start + 1000), await store.health()]).toEqual([
    null,
    expect.objectContaining({ problem: expect.stringMatching(/^240 samples are damaged in the database/) }),
  ]);
  // A sample of that time cannot be compared with what is there, and the store goes on.
  store.append(hostId, span(start, 1, 2000));
  await store.maintain(start + 40 * 24 * hour);
  expect(await store.health()).toMatchObject({ lostSamples: 0 });
  const database = new Database(at.path, { readonly: true });
  expect(database.prepare('select stage, samples from block order by id').all()).toEqual([{ stage: 0, samples: 240 }]);
  database.close();
});

test('a damaged list costs that block’s lists only', async () => {
  await filled();
  change('update block_processes set data = zeroblob(99) where block = (select min(block) from block_processes)');
  const store = await at.opened();
  expect([
    await store.processesAt(hostId, start + 1000),
    (await store.processesAt(hostId, start, 'next'))?.collected_at,
    (await store.processesAt(hostId, start + 500 * 2000))?.collected_at,
  ]).toEqual([null, new Date(start + 240 * 2000).toISOString(), new Date(start + 500 * 2000).toISOString()]);
});

test('a damaged row of the journal is set aside; what comes after it is there, without lists that it told of', async () => {
  const first = await at.opened();
  for (let i = 0; i < 30; i += 10) {
    first.append(hostId, span(start + i * 2000, 10, 2000));
    await first.flush();
  }
  await first.close();
  change("update journal set data = x'01ff80ff80' where id = 2");
  const store = await at.opened();
  store.append(hostId, span(start + 60_000, 10, 2000));
  const list = async (place: number) => (await store.processesAt(hostId, start + place * 2000))?.collected_at ?? null;
  expect({
    times: await uptimes(store),
    lists: [await list(9), await list(25), await list(35)],
    problem: (await store.health()).problem,
  }).toEqual({
    times: timesOf(span(start, 40, 2000).filter((_, i) => i < 10 || i >= 20)),
    lists: [new Date(start + 18_000).toISOString(), null, new Date(start + 70_000).toISOString()],
    problem: expect.stringContaining('damaged'),
  });
  await store.close();
  const again = await at.opened();
  expect([(await uptimes(again)).length, again.notice, (await again.health()).problem]).toEqual([30, null, null]);
});

test('damage that a write meets has the file set aside at once, and samples go on into a new one', async () => {
  await filled();
  spoil('gap');
  const store = await at.opened();
  store.appendGap(hostId, { from: start, to: start + 1, cause: 'asleep', detail: '' });
  store.append(hostId, span(start + hour / 2, 5, 2000));
  await store.flush();
  await store.health();
  expect([await store.hosts(), store.notice]).toEqual([[host], expect.stringContaining('was set aside')]);
  const later = span(start + hour / 2 + 20_000, 5, 2000);
  store.append(hostId, later);
  expect(await uptimes(store)).toEqual(timesOf(later));
  expect(await store.health()).toMatchObject({ problem: null, isDamaged: false });
});
