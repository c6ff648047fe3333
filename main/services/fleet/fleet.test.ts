import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FleetChange, Host } from '../../contract/hosts.ts';
import { unpackGlances } from '../../domain/present/packed-glance.ts';
import { fastSample, local, never, record, setUp, transport, unlabelled, until } from './fleet-fixture.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

test('an added host is kept, connected, stored and shown at a glance', async () => {
  const { fleet, book, stored, sessions } = await setUp();
  const host = await fleet.add(local);
  await vi.advanceTimersByTimeAsync(0);
  const sample = fastSample(1_000_000);
  sessions[0]?.listeners.onSample(sample);
  const shown = until<FleetChange>(fleet.watch(never), ({ hosts }) => hosts[0]?.connection?.state === 'live');
  await vi.advanceTimersByTimeAsync(300);
  const unknown = { cpu_percent: null, memory_percent: null, load: null };
  expect(unpackGlances(await shown, []).hosts).toEqual([
    {
      id: host.id,
      host,
      connection: { state: 'live', since: 1_000_000, by: 'a test' },
      recording: null,
      ring: null,
      health: { bad: 0, warn: 0, first: null },
      cadenceSeconds: 30,
    },
    { id: host.id, glance: { at: 1_000_000, ...unknown, uptime_seconds: 1, problems: {} } },
  ]);
  expect([...book.values()]).toEqual([host]);
  expect(stored).toEqual([[host.id, sample]]);
  await fleet.close();
});

test('kept hosts start when somebody asks for it, one after another', async () => {
  const hosts: Host[] = [1, 2, 3].map((n) => ({
    ...local,
    ...unlabelled,
    id: `00000000-0000-4000-8000-00000000000${n}`,
    addedAt: 0,
  }));
  const { fleet, sessions } = await setUp(hosts);
  await vi.advanceTimersByTimeAsync(1000);
  expect(sessions.length).toBe(0);
  fleet.start();
  await vi.advanceTimersByTimeAsync(30);
  expect(sessions.length).toBe(2);
  await vi.advanceTimersByTimeAsync(1000);
  expect(sessions.length).toBe(3);
  await fleet.close();
});

test('of many hosts, the one that changed is told alone; who begins or ceases to look at it changes how often it is asked', async () => {
  const { fleet, sessions } = await setUp();
  const [, second] = [await fleet.add(local), await fleet.add({ ...local, name: 'other' })];
  await vi.advanceTimersByTimeAsync(300);
  const told: FleetChange['hosts'][] = [];
  const ending = new AbortController();
  const reading = (async () => {
    for await (const { hosts } of fleet.watch(ending.signal)) told.push(hosts);
  })();
  await vi.advanceTimersByTimeAsync(300);
  sessions[1]?.listeners.onSample(fastSample(1_000_500));
  await vi.advanceTimersByTimeAsync(300);
  const looking = new AbortController();
  const looks = until(fleet.live(second.id, looking.signal), () => false).catch(() => {});
  await vi.advanceTimersByTimeAsync(300);
  looking.abort();
  await looks;
  await vi.advanceTimersByTimeAsync(300);
  ending.abort();
  await reading;
  expect(told.map((hosts) => hosts.map(({ id, cadenceSeconds }) => ({ id, cadenceSeconds }))).slice(1)).toEqual([
    [{ id: second.id, cadenceSeconds: undefined }],
    [{ id: second.id, cadenceSeconds: 2 }],
    [{ id: second.id, cadenceSeconds: 30 }],
  ]);
  await fleet.close();
});

test('a visited host that is not known leaves nothing behind', async () => {
  const { fleet, book, stored, sessions } = await setUp();
  const views = fleet.visit(local, never)[Symbol.asyncIterator]();
  const first = views.next();
  await vi.advanceTimersByTimeAsync(0);
  await first;
  sessions[0]?.listeners.onSample(fastSample(1_000_000));
  const live = (await views.next()).value;
  expect(live?.connection.state).toBe('live');
  expect(live?.fast?.data.processes?.list.length).toBe(1);
  await views.return?.();
  expect(fleet.hosts()).toEqual([]);
  expect([book.size, stored.length]).toEqual([0, 0]);
  expect(() => fleet.connect(live?.host.id ?? '')).toThrow('no such host');
  await fleet.close();
});

test('who reads a host live makes it fast, and slow again by leaving', async () => {
  const { fleet, sessions } = await setUp();
  const host = await fleet.add(local);
  await vi.advanceTimersByTimeAsync(0);
  const samples = fleet.live(host.id, never)[Symbol.asyncIterator]();
  const first = samples.next();
  sessions[0]?.listeners.onSample(fastSample(1_000_000));
  const newest = { fast: fastSample(1_000_000), medium: null, slow: null, daily: null };
  expect((await first).value).toEqual({ now: 1_000_000, ...newest, findings: [] });
  await samples.return?.();
  expect(sessions[0]?.cadences).toEqual([30, 2, 30]);
  await fleet.close();
});

test('a recording takes records from its start to its end, and begins with a first round', async () => {
  const { fleet, sessions, pushed } = await setUp();
  const host = await fleet.add(local);
  await vi.advanceTimersByTimeAsync(0);
  sessions[0]?.listeners.onRecord(record);
  await fleet.record(host.id, { directory: '/somewhere', by: 'window' });
  await expect(fleet.record(host.id, { directory: '/elsewhere', by: 'window' })).rejects.toMatchObject({
    fault: { code: 'busy' },
  });
  sessions[0]?.listeners.onRecord(record);
  expect(await fleet.stopRecording(host.id)).toEqual({
    directory: '/somewhere',
    dumps: 1,
    since: 1_000_000,
    until: null,
    by: 'window',
    entries: 1,
    bytes: 0,
    fault: null,
  });
  sessions[0]?.listeners.onRecord(record);
  expect([pushed.length, sessions[0]?.firsts]).toEqual([1, 1]);
  await expect(fleet.stopRecording(host.id)).rejects.toMatchObject({ fault: { code: 'not_found' } });
  await fleet.close();
});

test('a removed host is gone at once, and all that is stored of it when it cannot come back any more', async () => {
  const { fleet, book } = await setUp();
  const host = await fleet.add(local);
  expect(await fleet.remove(host.id)).toEqual({ restorableMs: 30_000 });
  expect([fleet.hosts(), [...book.values()]]).toEqual([[], [host]]);
  await expect(fleet.remove(host.id)).rejects.toMatchObject({ fault: { code: 'not_found' } });
  await vi.advanceTimersByTimeAsync(29_999);
  expect([...book.values()]).toEqual([host]);
  await vi.advanceTimersByTimeAsync(1);
  expect([...book.values()]).toEqual([]);
  await expect(fleet.restore(host.id)).rejects.toMatchObject({ fault: { code: 'not_found' } });
  await fleet.close();
});

test('a removed host comes back to its place, as it was, and is not forgotten later', async () => {
  const { fleet, book, sessions } = await setUp();
  const first = await fleet.add(local);
  vi.setSystemTime(1_001_000);
  const second = await fleet.add({ ...local, name: 'second' });
  await vi.advanceTimersByTimeAsync(0);
  await fleet.remove(first.id);
  expect(await fleet.restore(first.id)).toEqual(first);
  await vi.advanceTimersByTimeAsync(60_000);
  expect([fleet.hosts(), [...book.values()], sessions.length]).toEqual([[first, second], [first, second], 3]);

  fleet.disconnect(second.id);
  await fleet.remove(second.id);
  await fleet.restore(second.id);
  await vi.advanceTimersByTimeAsync(1000);
  expect(fleet.list().hosts.map(({ connection }) => connection.state)).toEqual(['connecting', 'stopped']);
  expect(sessions.length).toBe(3);
  await fleet.close();
});

test('an end within the time to undo forgets at once; a crash within it loses nothing', async () => {
  const { fleet, book } = await setUp();
  const [gone, crashed] = [await fleet.add(local), await fleet.add({ ...local, name: 'crashed' })];
  await fleet.remove(gone.id);
  await fleet.remove(crashed.id);
  const afterCrash = await setUp([...book.values()]);
  expect(afterCrash.fleet.hosts()).toEqual([gone, crashed]);
  await fleet.close();
  expect([...book.values()]).toEqual([]);
  await afterCrash.fleet.close();
});

test('what could not be forgotten is told', async () => {
  const { fleet, book } = await setUp();
  const host = await fleet.add(local);
  book.delete = () => {
    throw new Error('The disk is full.');
  };
  await fleet.remove(host.id);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(fleet.list().warnings).toEqual([
    'tank is removed, but still stored: This is a fault in Rackside itself: The disk is full.',
  ]);
  await fleet.close();
});

test('a renamed host goes on, with who reads it and what records it; a moved one connects anew', async () => {
  const { fleet, sessions, pushed } = await setUp();
  const host = await fleet.add(local);
  await vi.advanceTimersByTimeAsync(0);
  const samples = fleet.live(host.id, never)[Symbol.asyncIterator]();
  const first = samples.next();
  sessions[0]?.listeners.onSample(fastSample(1_000_000));
  await first;
  await fleet.record(host.id, { directory: '/somewhere', by: 'window' });
  const renamed = await fleet.update(host.id, { ...local, name: 'tank two' });
  await vi.advanceTimersByTimeAsync(0);
  expect([sessions.length, renamed]).toEqual([1, { ...host, name: 'tank two' }]);

  const elsewhere = {
    transport: 'ssh',
    address: 'b',
    port: 22,
    user: 'root',
    identityFiles: [],
    agent: false,
  } as const;
  await fleet.update(host.id, { name: 'tank two', target: { ...elsewhere, identityFiles: [] } });
  await vi.advanceTimersByTimeAsync(0);
  expect(sessions.length).toBe(2);
  const next = samples.next();
  sessions[1]?.listeners.onSample(fastSample(1_002_000));
  sessions[1]?.listeners.onRecord(record);
  expect((await next).value?.fast?.collected_at).toBe(new Date(1_002_000).toISOString());
  expect([pushed.length, sessions[1]?.cadences.at(-1)]).toEqual([1, 2]);
  await samples.return?.();
  await fleet.close();
});

test('labels change without another connection, for all hosts or for none; what is left out stays', async () => {
  const { fleet, book, sessions } = await setUp();
  const one = await fleet.add({ ...local, tags: ['db'] });
  const two = await fleet.add({ ...local, group: 'rack 1' });
  await vi.advanceTimersByTimeAsync(0);
  await fleet.label([
    { hostId: one.id, group: 'rack 2' },
    { hostId: two.id, tags: ['web', 'ssd'] },
  ]);
  const gone = '00000000-0000-4000-8000-000000000009';
  const wrong = fleet.label([
    { hostId: one.id, group: null },
    { hostId: gone, group: null },
  ]);
  await expect(wrong).rejects.toMatchObject({ fault: { code: 'not_found' } });
  const labelled = [
    { ...one, group: 'rack 2', tags: ['db'] },
    { ...two, group: 'rack 1', tags: ['web', 'ssd'] },
  ];
  expect({ hosts: fleet.hosts(), kept: [...book.values()] }).toEqual({ hosts: labelled, kept: labelled });
  expect(sessions.length).toBe(2);
  expect(await fleet.update(one.id, { ...local, name: 'db1' })).toEqual({ ...labelled[0], name: 'db1' });
  await fleet.close();
});

test('a visit connects a host that is off and leaves it off; it ends with the host', async () => {
  const kept: Host = { ...local, ...unlabelled, id: '00000000-0000-4000-8000-000000000001', addedAt: 0 };
  const { fleet, sessions } = await setUp([kept]);
  const views = fleet.visit({ hostId: kept.id }, never)[Symbol.asyncIterator]();
  expect((await views.next()).value?.connection.state).toBe('connecting');
  await vi.advanceTimersByTimeAsync(0);
  expect(sessions.length).toBe(1);
  await views.return?.();
  expect(fleet.list().hosts[0]?.connection).toEqual({ state: 'stopped', fault: null, since: 1_000_000 });

  const again = fleet.visit({ hostId: kept.id }, never)[Symbol.asyncIterator]();
  await again.next();
  const ending = again.next();
  await fleet.remove(kept.id);
  await vi.advanceTimersByTimeAsync(300);
  expect((await ending).done).toBe(true);
  await fleet.close();
});

test('a host that is reached can be asked for everything now, and one that is not says why', async () => {
  const { fleet, sessions } = await setUp();
  const host = await fleet.add(local);
  await vi.advanceTimersByTimeAsync(0);
  fleet.ask(host.id);
  expect(sessions[0]?.asked).toBe(1);
  sessions[0]?.listeners.onEnd({ code: 'unreachable', step: 'tcp', message: 'Nobody answers.' });
  await vi.advanceTimersByTimeAsync(0);
  expect(() => fleet.ask(host.id)).toThrow('It is not connected: Nobody answers.');
  await fleet.close();
});

test('a host is reached by what its collectors go through, and not while nothing does', async () => {
  const { fleet, sessions, pushed } = await setUp();
  const host = await fleet.add(local);
  await vi.advanceTimersByTimeAsync(0);
  expect(fleet.reach(host.id)).toEqual({ name: 'tank', transport });
  fleet.journal(host.id, record);
  await fleet.record(host.id, { directory: '/tmp/a dump', by: 'window' });
  fleet.journal(host.id, record);
  expect(pushed).toEqual([record]);
  sessions[0]?.listeners.onEnd({ code: 'unreachable', step: 'tcp', message: 'Nobody answers.' });
  await vi.advanceTimersByTimeAsync(0);
  expect(() => fleet.reach(host.id)).toThrow('It is not connected: Nobody answers.');
  fleet.disconnect(host.id);
  expect(() => fleet.reach(host.id)).toThrow('It is not connected now.');
  await fleet.close();
});

test('a host that comes back goes on with its recording, where that was', async () => {
  const { fleet, sessions, pushed } = await setUp();
  const host = await fleet.add(local);
  await vi.advanceTimersByTimeAsync(0);
  await fleet.record(host.id, { directory: '/somewhere', minutes: 0.25, by: 'command line' });
  await fleet.remove(host.id);
  await fleet.restore(host.id);
  await vi.advanceTimersByTimeAsync(1000);
  sessions.at(-1)?.listeners.onRecord(record);
  const recording = () => fleet.list().hosts[0]?.recording ?? null;
  expect([recording()?.directory, recording()?.until, pushed.length]).toEqual(['/somewhere', 1_015_000, 1]);
  await fleet.remove(host.id);
  await vi.advanceTimersByTimeAsync(20_000);
  await fleet.restore(host.id);
  expect(recording()).toBeNull();
  await fleet.close();
});
