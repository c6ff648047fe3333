import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type ConsoleClient, consoleContract } from '../contract/console.ts';
import type { HostView, Question } from '../contract/hosts.ts';
import { createClient } from '../contract/rpc/client.ts';
import type { Sample } from '../contract/samples.ts';
import { unpackGlances } from '../domain/present/packed-glance.ts';
import { type ConsoleAccess, describeCollectors, openConsole, replayDump } from './console.ts';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function startConsole(dataFolder: string): Promise<{ access: ConsoleAccess; client: ConsoleClient }> {
  const access = await openConsole({ dataFolder, version: '0.0.0-test' });
  cleanups.push(() => access.close());
  return { access, client: createClient(consoleContract, access.connect()) };
}

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rackside-console-'));
  cleanups.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** The first host's view, once it fits. */
async function viewWhere(client: ConsoleClient, fits: (view: HostView) => boolean): Promise<HostView> {
  const views = new Map<string, HostView>();
  let ids: readonly string[] = [];
  for await (const told of client['fleet.watch']({})) {
    const { order, hosts } = unpackGlances(told, ids);
    ids = order ?? ids;
    for (const { id, ...change } of hosts) {
      const view = { ...views.get(id), ...change } as HostView;
      if (fits(view)) return view;
      views.set(id, view);
    }
  }
  throw new Error('the stream ended');
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

test('from this machine to the store, into a dump, and back with the same numbers', async () => {
  const folder = await newFolder();
  const { client } = await startConsole(folder);
  const view = await viewWhere(client, ({ glance }) => glance?.cpu_percent != null);
  const hostId = view.host.id;
  expect([view.host.name, view.connection.state]).toEqual(['This machine', 'live']);

  const recording = await client['dumps.record']({ hostId, directory: join(folder, 'a dump') });
  const recorded: Sample[] = [];
  for await (const { fast } of client['host.live']({ hostId })) {
    // A medium sample is told with the fast one that was told before.
    if (fast === null || fast.collected_at === recorded.at(-1)?.collected_at) continue;
    recorded.push(fast);
    if (recorded.filter(({ data }) => data.cpu?.total !== null).length === 3) break;
  }
  const stopped = await client['dumps.stop']({ hostId });
  expect([stopped.directory, stopped.fault]).toEqual([recording.directory, null]);

  const replayed = (await collect(replayDump(stopped.directory, (note) => expect(note).toBeNull()))).filter(
    ({ kind }) => kind === 'fast',
  );
  expect(replayed.length).toBeGreaterThanOrEqual(2);
  const last = replayed.at(-1);
  expect(recorded.find(({ collected_at }) => collected_at === last?.collected_at)).toEqual(last);

  const opened = await client['dumps.open']({ path: stopped.directory });
  const at = Date.parse(last?.collected_at ?? '');
  const past = { collected_at: last?.collected_at, clock: last?.data.clock, processes: last?.data.processes };
  // The dump is looked at while it is replayed.
  await expect.poll(() => client['history.processes']({ hostId: opened.id, at })).toEqual(past);
  const before = Date.parse(replayed.at(-2)?.collected_at ?? '');
  expect(await client['history.processes']({ hostId: opened.id, at: before, seek: 'next' })).toEqual(past);
  expect(await client['history.processes']({ hostId: opened.id, at, seek: 'next' })).toBeNull();
  const series = await client['history.series']({
    hostId: opened.id,
    readings: ['cpu.busy'],
    from: at,
    to: at + 1,
    points: 2,
  });
  expect(series.readings['cpu.busy']?.max.at(-1)).toBeCloseTo(last?.data.cpu?.total?.busy_percent ?? -1, 1);
  const page = { filter: { to: at + 10_000 }, from: 0, limit: 1000 };
  const { entries } = await client['dumps.page']({ hostId: opened.id, ...page });
  const entry = entries.find(({ command }) => command.includes('/proc/loadavg'));
  const raw = await collect(
    client['dumps.bytes']({ hostId: opened.id, offset: entry?.offset ?? 0, length: entry?.size ?? 0 }),
  );
  expect(Buffer.concat(raw).toString()).toMatch(/^\d+\.\d+ \d+\.\d+ \d+\.\d+ \d+\/\d+ \d+\n$/);
  await client['hosts.remove']({ hostId: opened.id });
  await expect(client['history.extent']({ hostId: opened.id })).resolves.toMatchObject({ first: null });
});

test('what was stored is there after a restart, and the time between is a gap with its cause', async () => {
  const folder = await newFolder();
  const first = await startConsole(folder);
  const before = await viewWhere(first.client, ({ glance }) => glance?.cpu_percent != null);
  const at = before.glance?.at ?? 0;
  await first.access.close();

  const { client } = await startConsole(folder);
  const hostId = before.host.id;
  const past = await client['history.processes']({ hostId, at });
  expect(past?.collected_at).toBe(new Date(at).toISOString());
  expect(past?.processes.list.length).toBeGreaterThan(0);
  const extent = await client['history.extent']({ hostId });
  expect(extent.first).toBeLessThanOrEqual(at);
});

test('a second shell attaches to the first and sees the same hosts', async () => {
  const folder = await newFolder();
  const owner = await startConsole(folder);
  const guest = await startConsole(folder);
  expect([owner.access.role, guest.access.role]).toEqual(['owner', 'guest']);
  const seen = await viewWhere(guest.client, ({ connection }) => connection.state === 'live');
  expect(seen.host.name).toBe('This machine');
  expect(await guest.client['console.about']({})).toEqual(await owner.client['console.about']({}));
});

test('questions that nobody asks and hosts that are not there are told so', async () => {
  const { client } = await startConsole(await newFolder());
  const hostId = '00000000-0000-4000-8000-000000000009';
  const questionId: Question['id'] = 'none';
  await expect(client['hosts.connect']({ hostId })).rejects.toMatchObject({ fault: { code: 'not_found' } });
  await expect(
    client['hosts.answer']({ hostId, questionId, answer: { kind: 'host_key', trust: true } }),
  ).rejects.toMatchObject({ fault: { code: 'not_found' } });
  await expect(client['hosts.add']({ name: 'x', target: { transport: 'replay', path: '/x' } })).rejects.toMatchObject({
    fault: { code: 'bad_input' },
  });
  await expect(client['dumps.open']({ path: '/nonexistent' })).rejects.toMatchObject({ fault: { code: 'not_found' } });
});

test('a removed host comes back with its history; one whose console ends meanwhile does not', async () => {
  const folder = await newFolder();
  const first = await startConsole(folder);
  const { client } = first;
  const before = await viewWhere(client, ({ glance }) => glance?.cpu_percent != null);
  const hostId = before.host.id;
  const at = before.glance?.at ?? 0;
  expect(await client['hosts.remove']({ hostId })).toEqual({ restorableMs: 30_000 });
  expect((await client['fleet.list']({})).hosts).toEqual([]);
  expect(await client['hosts.restore']({ hostId })).toEqual(before.host);
  await viewWhere(client, ({ connection }) => connection.state === 'live');
  expect((await client['history.processes']({ hostId, at }))?.collected_at).toBe(new Date(at).toISOString());

  await client['hosts.remove']({ hostId });
  await first.access.close();
  const second = await startConsole(folder);
  expect((await second.client['fleet.list']({})).hosts).toEqual([]);
  expect(await second.client['history.extent']({ hostId })).toMatchObject({ first: null });
  await expect(second.client['hosts.restore']({ hostId })).rejects.toMatchObject({ fault: { code: 'not_found' } });
});

test('this machine, once removed, is offered again', async () => {
  const { client } = await startConsole(await newFolder());
  const { hosts } = await client['fleet.list']({});
  const local = { name: 'This machine', target: { transport: 'local' }, known: false };
  const offered = async () => (await client['hosts.candidates']({})).candidates;
  expect(await offered()).not.toContainEqual(local);
  await client['hosts.remove']({ hostId: hosts[0]?.host.id ?? '' });
  expect(await offered()).toContainEqual(local);
});

test('every collector tells the command lines that it needs', () => {
  const described = describeCollectors();
  expect(described.filter(({ kind }) => kind === 'fast').map(({ id }) => id)).toEqual(
    'cpu memory load pressure network disks sensors processes cost'.split(' '),
  );
  // Which others there are is README's table, which is held against the list.
  expect(described.every(({ commands, about }) => commands.length > 0 && about !== '')).toBe(true);
  expect(described[0]?.commands).toEqual([
    { line: "grep -E '^cpu' /proc/stat", when: 'always', tool: null, sudo: null },
  ]);
});
