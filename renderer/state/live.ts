import { createStore, useStore } from 'zustand';
import type { Fault } from '../../main/contract/faults.ts';
import type { Standing } from '../../main/contract/health.ts';
import type { Live } from '../../main/contract/history.ts';
import type { Sample } from '../../main/contract/samples.ts';
import { link } from '../api/rackside.ts';
import type { Point } from './chart-data.ts';
import { setConsoleNow } from './clock.ts';
import { type CoreColumn, coreColumn, livePoint } from './live-point.ts';

/** What comes from the host that is looked at. While this is read, that host runs fast. */
export interface LiveState {
  readonly hostId: string | null;
  /** The newest fast sample with its process list. */
  readonly sample: Sample | null;
  readonly medium: Sample | null;
  readonly slow: Sample | null;
  readonly daily: Sample | null;
  /** What is wrong with it by these samples, worst first. */
  readonly findings: readonly Standing[];
  /** The newest points, oldest first. */
  readonly tail: readonly Point[];
  /** Every core of those samples, for the heat map. */
  readonly cores: readonly CoreColumn[];
  readonly fault: Fault | null;
}

/** An hour at two seconds: the history has long taken over by then. */
const maxTail = 1800;

const idle: LiveState = {
  hostId: null,
  sample: null,
  medium: null,
  slow: null,
  daily: null,
  findings: [],
  tail: [],
  cores: [],
  fault: null,
};

export const liveStore = createStore<LiveState>(() => idle);

export function withNewest(state: LiveState, { fast: sample, ...rest }: Omit<Live, 'now'>): LiveState {
  const next = { ...state, sample, ...rest };
  if (sample === null) return next;
  const point = livePoint(sample);
  const newest = state.tail.at(-1);
  if (newest !== undefined && point.at <= newest.at) return next;
  return {
    ...next,
    fault: null,
    tail: [...state.tail.slice(1 - maxTail), point],
    cores: [...state.cores.slice(1 - maxTail), coreColumn(sample)],
  };
}

/** Reads a host's samples until the signal aborts. */
export function watchLive(hostId: string, signal: AbortSignal): void {
  liveStore.setState({ ...idle, hostId }, true);
  void link.follow(
    (client, streamSignal) => client['host.live']({ hostId }, streamSignal),
    signal,
    ({ now, ...newest }) => {
      setConsoleNow(now);
      liveStore.setState((state) => (state.hostId === hostId ? withNewest(state, newest) : state), true);
    },
    (fault) => liveStore.setState((state) => (state.hostId === hostId ? { ...state, fault } : state), true),
  );
}

export function useLive<Value>(select: (state: LiveState) => Value): Value {
  return useStore(liveStore, select);
}
