import { expect, test } from 'vitest';
import type { Sample } from '../../contract/samples.ts';
import { createReplays, type History, type ReplayedDump } from './replays.ts';

function sampleAt(seconds: number, kind: Sample['kind'] = 'fast'): Sample {
  return {
    kind,
    collected_at: new Date(seconds * 1000).toISOString(),
    data: { clock: { boot_id: 'boot', uptime_seconds: seconds }, problems: {} },
  };
}

function setUp(samples: readonly Sample[] | Error) {
  const appended: Sample[] = [];
  const closed: string[] = [];
  const client = {
    'dumps.status': async function* () {
      yield { notes: ['2 entries are torn and not replayed.'] };
    },
  };
  const dump: ReplayedDump = {
    client: client as unknown as ReplayedDump['client'],
    replay: async function* () {
      if (samples instanceof Error) throw samples;
      yield { samples: [...samples], share: 1 };
    },
    sampleAt: () => Promise.reject(new Error('not used')),
    close: async () => {
      closed.push('dump');
    },
  };
  const history: History = {
    append: (_hostId, more) => appended.push(...more),
    flush: async () => {},
    appendEvents: () => {},
    events: () => Promise.reject(new Error('not used')),
    standing: () => Promise.reject(new Error('not used')),
    series: () => Promise.reject(new Error('not used')),
    processesAt: () => Promise.reject(new Error('not used')),
    process: () => Promise.reject(new Error('not used')),
    extent: () => Promise.reject(new Error('not used')),
    close: async () => {
      closed.push('history');
    },
  };
  let opened = 0;
  const replays = createReplays({
    openDump: async () => {
      opened += 1;
      return dump;
    },
    openHistory: async () => history,
    now: () => 1_000,
    onChange: () => {},
  });
  return { replays, appended, closed, openedTimes: () => opened };
}

test('an opened dump is a host whose newest samples are shown and whose history holds all of them', async () => {
  const samples = [sampleAt(1), sampleAt(2, 'medium'), ...Array.from({ length: 500 }, (_, n) => sampleAt(3 + 5 * n))];
  const { replays, appended } = setUp(samples);
  const host = await replays.open('/dumps/tank');
  await expect.poll(() => appended).toEqual(samples);
  expect(host).toEqual({
    id: host.id,
    name: 'tank',
    target: { transport: 'replay', path: '/dumps/tank' },
    group: null,
    tags: [],
    addedAt: 1_000,
  });
  expect(replays.views()).toEqual([
    {
      host,
      connection: { state: 'replay', since: 1_000, notes: ['2 entries are torn and not replayed.'] },
      recording: null,
      ring: null,
      health: { bad: 0, warn: 0, first: null },
      glance: {
        ...{ at: (3 + 5 * 499) * 1000, cpu_percent: null, memory_percent: null, load: null },
        ...{ uptime_seconds: 3 + 5 * 499, problems: {} },
      },
      cadenceSeconds: 5,
    },
  ]);
  const live = replays.live(host.id, new AbortController().signal)[Symbol.asyncIterator]();
  expect((await live.next()).value).toEqual({
    now: 1_000,
    fast: samples.at(-1),
    medium: samples[1],
    slow: null,
    daily: null,
    findings: [],
  });
  const ending = live.next();
  await replays.close(host.id);
  expect((await ending).done).toBe(true);
});

test('the same dump is opened once; closing it gives everything back', async () => {
  const { replays, closed, openedTimes } = setUp([sampleAt(1)]);
  const host = await replays.open('/dumps/tank');
  expect(await Promise.all([replays.open('/dumps/tank/'), replays.open('/dumps/x/../tank')])).toEqual([host, host]);
  expect(openedTimes()).toBe(1);
  await replays.close(host.id);
  expect([closed, replays.views(), replays.has(host.id)]).toEqual([['dump', 'history'], [], false]);
  expect(() => replays.find(host.id)).toThrow('not open any more');
});

test('a dump without a round that is known opens, and says so', async () => {
  const { replays } = setUp([]);
  await replays.open('/dumps/other');
  await expect
    .poll(() => replays.views()[0])
    .toMatchObject({
      connection: {
        notes: [
          '2 entries are torn and not replayed.',
          'No round of a collector that Rackside knows is in it: gauges and charts stay empty, the commands are all there.',
        ],
      },
      glance: null,
    });
});

test('a replay that fails says why; what is in the dump can be looked at all the same', async () => {
  const { replays, closed } = setUp(new Error('disk gone'));
  const host = await replays.open('/dumps/other');
  await expect
    .poll(() => replays.views().map(({ connection }) => connection))
    .toEqual([
      {
        ...{ state: 'replay', since: 1_000 },
        notes: [expect.stringMatching(/^The replay stopped: .*disk gone$/), '2 entries are torn and not replayed.'],
      },
    ]);
  await replays.close(host.id);
  expect([closed, replays.views()]).toEqual([['dump', 'history'], []]);
});
