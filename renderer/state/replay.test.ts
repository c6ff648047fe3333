import { expect, test, vi } from 'vitest';
import type { DumpStatus } from '../../main/contract/dumps.ts';
import { liveStore } from './live.ts';
import { dumpSpan, replayStore, saysMore, watchReplay, withStatus } from './replay.ts';

const status: DumpStatus = {
  ...{ path: '/dump', phase: 'ready', fault: null, bytes: 100, readBytes: 100, reused: false },
  ...{ entries: 10, samples: 2, first: 1_000, last: 9_000, torn: 0, lying: 0, suspect: 0, skippedBytes: 0 },
  ...{ sizesTrusted: true, onHost: null, replayed: 1, parts: 1, notes: [], revision: 1 },
};

test('a dump grows when entries come after all of it had been replayed, and not while it is read', () => {
  const growingAfter = (...statuses: DumpStatus[]) =>
    statuses.reduce(withStatus, replayStore.getInitialState()).growing;
  expect([
    growingAfter({ ...status, replayed: 0.2, entries: 4 }, { ...status, replayed: 0.5 }, status),
    growingAfter(status, { ...status, notes: ['One entry is torn.'] }),
    growingAfter(status, { ...status, entries: 11, replayed: 0.9 }, status),
  ]).toEqual([false, false, true]);
});

test('history says more when more is replayed, was appended, or the file is another', () => {
  expect([
    saysMore(null, status),
    saysMore(status, { ...status, notes: ['x'], readBytes: 90 }),
    saysMore({ ...status, replayed: 0.5 }, status),
    saysMore(status, { ...status, entries: 11 }),
    saysMore(status, { ...status, samples: 3 }),
    saysMore(status, { ...status, revision: 2 }),
  ]).toEqual([true, false, true, true, true, true]);
});

test('a dump without an instant has no span', () => {
  expect([dumpSpan(null), dumpSpan({ first: null, last: null }), dumpSpan(status)]).toEqual([
    null,
    null,
    { from: 1_000, to: 9_000 },
  ]);
});

test('history is asked anew when the newest samples are told: what was read last comes into it after it was read', () => {
  vi.useFakeTimers();
  const abort = new AbortController();
  watchReplay('dump', abort.signal);
  const versions = ['another', 'dump', 'dump'].map((hostId) => {
    liveStore.setState({ hostId });
    vi.advanceTimersByTime(1000);
    return replayStore.getState().version;
  });
  abort.abort();
  vi.useRealTimers();
  expect(versions).toEqual([0, 1, 2]);
});
