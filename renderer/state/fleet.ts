import { createStore, useStore } from 'zustand';
import type { FleetChange, HostChange, HostView } from '../../main/contract/hosts.ts';
import { unpackGlances } from '../../main/domain/present/packed-glance.ts';
import { link } from '../api/rackside.ts';
import { setConsoleNow } from './clock.ts';
import { noteTrends } from './trends.ts';

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

/** The next state; what did not change stays the same object, so that one host's news does not draw a thousand rows. */
export function mergeFleet(state: FleetState, change: Omit<FleetChange, 'glances'>): FleetState {
  const views: Record<string, HostView> = { ...state.views };
  for (const parts of change.hosts) views[parts.id] = mergeHost(views[parts.id], parts);
  if (change.order !== null) {
    const kept = new Set(change.order);
    for (const id of state.ids) if (!kept.has(id)) delete views[id];
  }
  return {
    ready: true,
    ids: change.order ?? state.ids,
    views: change.hosts.length === 0 && change.order === null ? state.views : views,
    warnings: change.warnings ?? state.warnings,
  };
}

/** Part by part: a thousand of these come at once, and copying whatever is there takes twice as long. */
function mergeHost(view: HostView | undefined, change: HostChange): HostView {
  const {
    host = view?.host,
    connection = view?.connection,
    recording = view?.recording,
    ring = view?.ring,
    health = view?.health,
    glance = view?.glance,
    cadenceSeconds = view?.cadenceSeconds,
  } = change;
  // A host's first change is all of its parts.
  return { host, connection, recording, ring, health, glance, cadenceSeconds } as HostView;
}

export const fleetStore = createStore<FleetState>(() => noFleet);

/** Keeps the fleet's store at the console's word until the signal aborts. */
export function watchFleet(signal: AbortSignal): void {
  void link.follow(
    (client, streamSignal) => client['fleet.watch']({}, streamSignal),
    signal,
    (told) => {
      const change = unpackGlances(told, fleetStore.getState().ids);
      setConsoleNow(change.now);
      noteTrends(change.hosts);
      fleetStore.setState((state) => mergeFleet(state, change), true);
    },
  );
}

export function useFleet<Value>(select: (state: FleetState) => Value): Value {
  return useStore(fleetStore, select);
}

export function useHostView(hostId: string): HostView | undefined {
  return useStore(fleetStore, (state) => state.views[hostId]);
}
