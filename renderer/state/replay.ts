import { createStore, useStore } from 'zustand';
import type { DumpStatus } from '../../main/contract/dumps.ts';
import type { Fault } from '../../main/contract/faults.ts';
import { api, link } from '../api/rackside.ts';
import { liveStore } from './live.ts';
import type { Span } from './range.ts';

/** The dump whose page is on screen. */
export interface ReplayState {
  readonly hostId: string | null;
  /** Null before the console has told it. */
  readonly status: DumpStatus | null;
  /** Counts up where history may say more than it did: what was asked of it is asked again. */
  readonly version: number;
  /** Spans without an entry, in the order of their times; null before they are known. */
  readonly gaps: readonly Span[] | null;
  /** Whether it has gone on after all that was there had been replayed. */
  readonly growing: boolean;
  /** Whether the charts go along when it grows. */
  readonly following: boolean;
  readonly fault: Fault | null;
}

const idle: ReplayState = {
  hostId: null,
  status: null,
  version: 0,
  gaps: null,
  growing: false,
  following: true,
  fault: null,
};

export const replayStore = createStore<ReplayState>(() => idle);

/** Charts are asked anew at most so often while more comes in. */
const betweenMs = 700;

/** The next state by what the console tells: it grows when entries come after all of them had been replayed. */
export function withStatus(state: ReplayState, status: DumpStatus): ReplayState {
  const before = state.status;
  const grown = before !== null && before.replayed === 1 && status.entries > before.entries;
  return { ...state, status, growing: state.growing || grown, fault: status.fault };
}

/** Whether history may have changed between two statuses. */
export function saysMore(before: DumpStatus | null, after: DumpStatus): boolean {
  return (
    before === null ||
    before.replayed !== after.replayed ||
    before.entries !== after.entries ||
    before.samples !== after.samples ||
    before.revision !== after.revision
  );
}

/** Reads how far a dump is until the signal aborts. */
export function watchReplay(hostId: string, signal: AbortSignal): void {
  replayStore.setState({ ...idle, hostId }, true);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ours = (change: (state: ReplayState) => ReplayState) =>
    replayStore.setState((state) => (state.hostId === hostId && !signal.aborted ? change(state) : state), true);

  function readAnew(): void {
    timer = undefined;
    ours((state) => ({ ...state, version: state.version + 1 }));
    api()
      ['dumps.timeline']({ hostId, filter: {}, steps: 1 }, signal)
      .then(({ gaps }) => ours((state) => ({ ...state, gaps })))
      // The charts beside it ask the same dump, and tell why it cannot be read.
      .catch(() => undefined);
  }

  const readSoon = () => {
    timer ??= setTimeout(readAnew, betweenMs);
  };
  // What was read is in the history a little later: then its newest samples are told, the last ones too.
  const unsubscribe = liveStore.subscribe((state, before) => {
    if (state.hostId === hostId && state !== before) readSoon();
  });

  void link.follow(
    (client, streamSignal) => client['dumps.status']({ hostId }, streamSignal),
    signal,
    (status) => {
      if (saysMore(replayStore.getState().status, status)) readSoon();
      ours((state) => withStatus(state, status));
    },
    (fault) => ours((state) => ({ ...state, fault })),
  );
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    unsubscribe();
    replayStore.setState(idle, true);
  });
}

export function followDump(following: boolean): void {
  replayStore.setState({ following });
}

/** From its first to its last instant; null before any is known. */
export function dumpSpan(status: Pick<DumpStatus, 'first' | 'last'> | null): Span | null {
  if (status === null || status.first === null || status.last === null) return null;
  return { from: status.first, to: status.last };
}

export function useReplay<Value>(select: (state: ReplayState) => Value): Value {
  return useStore(replayStore, select);
}

/** Another number whenever the history of that host may say more; always 0 for one that is no dump on screen. */
export function useHistoryVersion(hostId: string): number {
  return useReplay((state) => (state.hostId === hostId ? state.version : 0));
}
