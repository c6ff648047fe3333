import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { consoleContract } from '../contract/console.ts';
import { createClient } from '../contract/rpc/client.ts';
import type { Process, Sample } from '../contract/samples.ts';
import type { SettingValue } from '../contract/settings.ts';
import { namesOnly } from '../domain/policy/names-only.ts';
import { resolve } from '../domain/settings/resolve.ts';
import { settingList } from '../domain/settings/setting-list.ts';
import { Settled } from '../domain/settings/settled.ts';
import { openConsole } from './console.ts';

/**
 * Every setting has a reader. Each key stands in this table with what changes when it does; a setting that nothing
 * here knows fails the first test, and one that nothing reads fails its own.
 */
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function settled(said: Record<string, SettingValue> = {}): Settled {
  return new Settled(resolve(new Map(Object.entries(said)), () => null).settings);
}

/** What the console's services and the page are given, by the key that it comes from. */
const given: Readonly<Record<string, (from: Settled) => unknown>> = {
  'intervals.fast_seconds': ({ cadence }) => cadence.fast,
  'intervals.medium_seconds': ({ cadence }) => cadence.medium,
  'intervals.slow_seconds': ({ cadence }) => cadence.slow,
  'intervals.daily_seconds': ({ cadence }) => cadence.daily,
  'intervals.watched_seconds': ({ cadence }) => cadence.watched,
  'retention.dense_hours': ({ retention }) => retention.denseDays * 24,
  'retention.sample_days': ({ retention }) => retention.sampleDays,
  'retention.rollup_days': ({ retention }) => retention.rollupDays,
  'retention.database_mib': ({ retention }) => retention.maxBytes / 2 ** 20,
  'recording.ring_minutes': ({ ringBounds }) => ringBounds.minutes,
  'recording.ring_per_host_mib': ({ ringBounds }) => ringBounds.bytes / 2 ** 20,
  'recording.ring_in_all_mib': ({ ringBounds }) => ringBounds.bytesInAll / 2 ** 20,
  'recording.flight_recorder': ({ flightWish }) => flightWish,
  'recording.one_dump_mib': ({ dumpBounds }) => dumpBounds.bytes / 2 ** 20,
  'recording.all_dumps_mib': ({ dumpBounds }) => dumpBounds.bytesInAll / 2 ** 20,
  'notifications.about': ({ alertWishes }) => alertWishes.about,
  'notifications.quiet_from_hour': ({ alertWishes }) => alertWishes.quietFrom,
  'notifications.quiet_until_hour': ({ alertWishes }) => alertWishes.quietUntil,
  'processes.names_only': (from) => from.namesOnly,
  'ssh.known_hosts': ({ knownHosts }) => knownHosts,
};

/** Settings that only the page reads; its own test shows what they change. */
const readByThePage = /^(page\.theme|thresholds\.[a-z]+_(warn|bad))$/;

test('every setting is claimed by a reader', () => {
  const unclaimed = settingList.filter(({ key }) => given[key] === undefined && !readByThePage.test(key));
  expect(unclaimed.map(({ key }) => key)).toEqual([]);
});

test.each(Object.keys(given))('%s reaches who needs it', (key) => {
  const setting = settingList.find((one) => one.key === key);
  const read = given[key];
  const { range } = setting ?? {};
  const other = range?.type === 'choice' ? range.choices.find((choice) => choice !== setting?.default) : true;
  const value = typeof setting?.default === 'number' ? setting.default + 1 : (other ?? '');
  expect([read?.(settled()), read?.(settled({ [key]: value }))]).toEqual([setting?.default, value]);
});

const process = { pid: 1, name: 'sh', command: 'sh -c secret' } as Process;
const sample = { kind: 'fast', data: { processes: { count: 1, window_seconds: null, list: [process] } } } as Sample;

test.each([true, false])('names only: %s', (wanted) => {
  const got: unknown[] = [];
  const listeners = namesOnly(
    {
      onRecord: ({ command }) => got.push(command),
      onSample: ({ data }) => got.push(data.processes?.list.map(({ command }) => command)),
    },
    () => wanted,
  );
  listeners.onSample(sample);
  for (const command of ['head -c 512 /proc/1/cmdline', 'cat /proc/stat']) {
    listeners.onRecord({ command } as Parameters<typeof listeners.onRecord>[0]);
  }
  expect(got).toEqual(
    wanted ? [[null], 'cat /proc/stat'] : [['sh -c secret'], 'head -c 512 /proc/1/cmdline', 'cat /proc/stat'],
  );
});

test('in a running console: an interval holds at once, and command lines are gone from views, store and dump', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'rackside-readers-'));
  cleanups.push(() => rm(dataFolder, { recursive: true, force: true }));
  const access = await openConsole({ dataFolder, version: '0.0.0-test', dataFolderSource: 'environment' });
  cleanups.push(() => access.close());
  const client = createClient(consoleContract, access.connect());
  const view = await client['settings.set']({ 'intervals.fast_seconds': 77, 'processes.names_only': true });
  expect(view.dataFolder).toEqual({ path: dataFolder, source: 'environment' });

  const [host] = (await client['fleet.list']({})).hosts;
  const hostId = host?.host.id ?? '';
  expect(host?.cadenceSeconds).toBe(77);
  const { directory } = await client['dumps.record']({ hostId, directory: join(dataFolder, 'dump') });
  client['hosts.connect']({ hostId });
  let last: Sample | null = null;
  let seen = 0;
  for await (const live of client['host.live']({ hostId })) {
    if (live.fast === null) continue;
    last = live.fast;
    seen += 1;
    if (seen === 2) break;
  }
  await client['dumps.stop']({ hostId });
  const processes = last?.data.processes?.list ?? [];
  const at = Date.parse(last?.collected_at ?? '');
  const stored = await client['history.processes']({ hostId, at });
  const commands = [...processes, ...(stored?.processes?.list ?? [])].map(({ command }) => command);
  expect(commands.length).toBeGreaterThan(1);
  expect(new Set(commands)).toEqual(new Set([null]));
  const dump = await readFile(join(directory, 'commands.log'), 'utf8');
  expect([dump.includes('/proc/stat'), dump.includes('/cmdline')]).toEqual([true, false]);
});
