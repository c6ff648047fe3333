import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Fault, FaultError } from '../../contract/faults.ts';
import type { Gap } from '../../contract/history.ts';
import type { Sample } from '../../contract/samples.ts';
import type { Connect, Transport } from '../../domain/collect/transport.ts';
import { createAttics } from '../../domain/dump/attic.ts';
import { createKeeper, type Keeper } from './keeper.ts';
import type { SessionListeners } from './kept-session.ts';
import { squeeze } from './squeeze.ts';

const transport: Transport = {
  by: 'a test',
  start: () => Promise.reject(new Error('not used')),
  run: () => Promise.reject(new Error('not used')),
  onClose: () => {},
  close: () => {},
};

function sampleAt(at: number, bootId = 'boot-1'): Sample {
  return {
    kind: 'fast',
    collected_at: new Date(at).toISOString(),
    data: { clock: { boot_id: bootId, uptime_seconds: 1 }, problems: {} },
  };
}

/** A keeper whose connections and sessions are answered by the test. */
function setUp(connect: Connect, lastSampleAt: number | null = null) {
  const sessions: SessionListeners[] = [];
  const gaps: Gap[] = [];
  const cadences: number[] = [];
  const pace = { slowdown: () => 1 };
  let slept = false;
  const keeper: Keeper = createKeeper({
    connect: () => connect,
    startSession: async (_transport, listeners) => {
      sessions.push(listeners);
      return Object.assign(pace, {
        setFastSeconds: (seconds: number) => cadences.push(seconds),
        setSlowerSeconds: () => {},
        requestFirst: () => {},
        askNow: () => {},
        close: () => {},
      });
    },
    now: () => Date.now(),
    uptimeMs: () => performance.now(),
    retryDelayMs: (attempt) => attempt * 1000,
    sleptSince: () => slept,
    lastSampleAt,
    attics: createAttics(squeeze),
    onChange: () => {},
    onRecord: () => {},
    onSample: () => {},
    onGap: (gap) => gaps.push(gap),
  });
  const flush = (): Promise<void> => vi.advanceTimersByTimeAsync(0).then(() => {});
  const sleep = (): void => {
    slept = true;
  };
  return { keeper, sessions, gaps, cadences, pace, flush, sleep };
}

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

test('a host is live with its first sample, not before', async () => {
  const { keeper, sessions, flush } = setUp(async (prompts) => {
    prompts.onStep('tcp');
    return transport;
  });
  keeper.start();
  await flush();
  expect(keeper.connection).toEqual({ state: 'connecting', step: 'first sample', hop: null, since: 1_000_000 });
  sessions[0]?.onSample(sampleAt(1_000_000));
  expect(keeper.connection).toEqual({ state: 'live', since: 1_000_000, by: 'a test' });
});

test('a lost link is tried again, later each time, and its gap names what was met', async () => {
  const fault: Fault = { code: 'unreachable', step: 'tcp', message: 'The port is closed.' };
  let failing = false;
  const { keeper, sessions, gaps, flush } = setUp(async () => {
    if (failing) throw new FaultError(fault.code, fault.step, fault.message);
    return transport;
  });
  keeper.start();
  await flush();
  sessions[0]?.onSample(sampleAt(1_000_000));
  failing = true;
  sessions[0]?.onEnd({ code: 'disconnected', step: 'program', message: 'Gone.' });
  await flush();
  expect(keeper.connection).toMatchObject({ state: 'waiting', retryAt: 1_001_000, fault: { code: 'disconnected' } });
  await vi.advanceTimersByTimeAsync(1000);
  expect(keeper.connection).toEqual({ state: 'waiting', fault, retryAt: 1_003_000, since: 1_001_000 });
  failing = false;
  await vi.advanceTimersByTimeAsync(120_000);
  sessions[1]?.onSample(sampleAt(1_121_000));
  expect(keeper.connection.state).toBe('live');
  expect(gaps).toEqual([{ from: 1_000_000, to: 1_121_000, cause: 'unreachable', detail: 'The port is closed.' }]);
});

test.each(['auth_failed', 'host_key_changed', 'bad_output'] as const)(
  '%s is not tried again by itself',
  async (code) => {
    let tries = 0;
    const { keeper } = setUp(async () => {
      tries += 1;
      throw new FaultError(code, 'authentication', 'No.');
    });
    keeper.start();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(keeper.connection).toEqual({
      state: 'stopped',
      fault: { code, step: 'authentication', message: 'No.' },
      since: 1_000_000,
    });
    expect(tries).toBe(1);
  },
);

test('what was not watched is said so, and an open gap is known before it ends', async () => {
  const { keeper, sessions, gaps, flush } = setUp(async () => transport, 400_000);
  expect(keeper.openGap).toEqual({
    from: 400_000,
    to: 1_000_000,
    cause: 'not_watched',
    detail: 'Rackside was not collecting from this host.',
  });
  keeper.start();
  await flush();
  sessions[0]?.onSample(sampleAt(1_000_000));
  expect(gaps.map(({ cause }) => cause)).toEqual(['not_watched']);
  expect(keeper.openGap).toBeNull();
});

test('a reboot is a gap however short; a sleep explains a long one', async () => {
  const { keeper, sessions, gaps, flush, sleep } = setUp(async () => transport);
  keeper.start();
  await flush();
  sessions[0]?.onSample(sampleAt(1_000_000));
  sessions[0]?.onSample(sampleAt(1_002_000, 'boot-2'));
  sleep();
  sessions[0]?.onSample(sampleAt(5_000_000, 'boot-2'));
  expect(gaps.map(({ from, to, cause }) => ({ from, to, cause }))).toEqual([
    { from: 1_000_000, to: 1_002_000, cause: 'rebooted' },
    { from: 1_002_000, to: 5_000_000, cause: 'asleep' },
  ]);
});

test('a question is shown, answered once, and gone when the connection is given up', async () => {
  const { keeper, flush } = setUp(async (prompts, signal) => {
    const answer = await prompts.ask(
      { kind: 'host_key', keyType: 'ssh-ed25519', fingerprint: 'SHA256:x', name: 'tank' },
      signal,
    );
    if (answer.kind === 'host_key' && answer.trust) return transport;
    throw new FaultError('host_key_unknown', 'host key', 'Not trusted.');
  });
  keeper.start();
  await flush();
  const first = keeper.questions.shown();
  expect(keeper.connection).toMatchObject({ state: 'asking', question: { kind: 'host_key', fingerprint: 'SHA256:x' } });
  expect(() => keeper.questions.answer('another', { kind: 'host_key', trust: true })).toThrow('no longer asked');
  expect(() => keeper.questions.answer(first?.id ?? '', { kind: 'secret', value: 'x' })).toThrow('host_key');
  keeper.questions.answer(first?.id ?? '', { kind: 'host_key', trust: false });
  await flush();
  expect(keeper.connection).toMatchObject({ state: 'stopped', fault: { code: 'host_key_unknown' } });

  keeper.start();
  await flush();
  expect(keeper.connection.state).toBe('asking');
  keeper.stop();
  await flush();
  expect(keeper.connection).toEqual({ state: 'stopped', fault: null, since: 1_000_000 });
});

test('a host that somebody looks at runs fast, until the last one looks away', async () => {
  const { keeper, cadences, flush } = setUp(async () => transport);
  keeper.start();
  await flush();
  const first = keeper.look();
  const second = keeper.look();
  first();
  first();
  expect(keeper.cadenceSeconds).toBe(2);
  second();
  expect(keeper.cadenceSeconds).toBe(30);
  expect(cadences).toEqual([30, 2, 2, 2, 30]);
});

test('a host that slowed itself down says so, and is not taken for a silent one', async () => {
  const { keeper, sessions, gaps, cadences, pace, flush } = setUp(async () => transport);
  keeper.start();
  await flush();
  const release = keeper.look();
  sessions[0]?.onSample(sampleAt(1_000_000));
  pace.slowdown = () => 8;
  expect(keeper.cadenceSeconds).toBe(16);
  sessions[0]?.onSample(sampleAt(1_016_000));
  expect(gaps).toEqual([]);
  release();
  expect({ cadence: keeper.cadenceSeconds, asked: cadences }).toEqual({ cadence: 240, asked: [30, 2, 30] });
});

test('a host that is looked at 25 s after a sample has no gap: it was meant to be slow then', async () => {
  const { keeper, sessions, gaps, flush } = setUp(async () => transport);
  keeper.start();
  await flush();
  sessions[0]?.onSample(sampleAt(1_000_000));
  await vi.advanceTimersByTimeAsync(25_000);
  keeper.look();
  expect(keeper.openGap).toBeNull();
  sessions[0]?.onSample(sampleAt(1_026_000));
  expect(gaps).toEqual([]);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(keeper.openGap).toMatchObject({ from: 1_026_000, cause: 'timed_out' });
});

test('a clock that is set is no gap, forwards or backwards, and a gap behind it is as long as it was', async () => {
  const { keeper, sessions, gaps, flush } = setUp(async () => transport);
  keeper.start();
  await flush();
  const tell = () => sessions[0]?.onSample(sampleAt(Date.now()));
  tell();
  for (const hours of [3, -7]) {
    vi.setSystemTime(Date.now() + hours * 3_600_000);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(keeper.openGap).toBeNull();
    tell();
  }
  expect(gaps).toEqual([]);
  vi.setSystemTime(Date.now() - 3_600_000);
  await vi.advanceTimersByTimeAsync(600_000);
  const to = Date.now();
  expect(keeper.openGap).toMatchObject({ from: to - 600_000, to, cause: 'timed_out' });
  tell();
  expect(gaps).toMatchObject([{ from: to - 600_000, to, cause: 'timed_out' }]);
});
