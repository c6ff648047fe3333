import { createStore, useStore } from 'zustand';
import type { Fleet, HostView } from '../../main/contract/hosts.ts';
import { link } from '../api/rackside.ts';
import { setConsoleNow } from './clock.ts';

export interface FleetState {
  /** False until the first fleet has come. */
  readonly ready: boolean;
  /** In the order in which the console tells them. */
  readonly ids: readonly string[];
  readonly views: Readonly<Record<string, HostView>>;
  /** What is wrong with Rackside itself, in sentences. */
  readonly warnings: readonly string[];
}

export const noFleet: FleetState = { ready: false, ids: [], views: {}, warnings: [] };

/** True where nothing changed that a row could show; so that one host's news does not draw a thousand rows. */
export function sameView(a: HostView, b: HostView): boolean {
  return (
    a.fast?.collected_at === b.fast?.collected_at &&
    a.medium?.collected_at === b.medium?.collected_at &&
    a.cadenceSeconds === b.cadenceSeconds &&
    JSON.stringify(a.connection) === JSON.stringify(b.connection) &&
    JSON.stringify(a.recording) === JSON.stringify(b.recording) &&
    JSON.stringify(a.host) === JSON.stringify(b.host)
  );
}

/** The next state; what did not change stays the same object. */
export function mergeFleet(state: FleetState, fleet: Fleet): FleetState {
  const views: Record<string, HostView> = {};
  let changed = !state.ready || fleet.hosts.length !== state.ids.length;
  for (const view of fleet.hosts) {
    const before = state.views[view.host.id];
    const same = before !== undefined && sameView(before, view);
    views[view.host.id] = same ? before : view;
    changed ||= !same;
  }
  const ids = fleet.hosts.map((view) => view.host.id);
  const sameIds = sameList(ids, state.ids);
  const sameWarnings = sameList(fleet.warnings, state.warnings);
  if (!changed && sameIds && sameWarnings) return state;
  return {
    ready: true,
    ids: sameIds ? state.ids : ids,
    views,
    warnings: sameWarnings ? state.warnings : fleet.warnings,
  };
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

export const fleetStore = createStore<FleetState>(() => noFleet);

/** Keeps the fleet's store at the console's word until the signal aborts. */
export function watchFleet(signal: AbortSignal): void {
  void link.follow(
    (client, streamSignal) => client['fleet.watch']({}, streamSignal),
    signal,
    (fleet) => {
      setConsoleNow(fleet.now);
      fleetStore.setState((state) => mergeFleet(state, fleet), true);
    },
  );
}

export function useFleet<Value>(select: (state: FleetState) => Value): Value {
  return useStore(fleetStore, select);
}

export function useHostView(hostId: string): HostView | undefined {
  return useStore(fleetStore, (state) => state.views[hostId]);
}
