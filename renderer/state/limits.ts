import { createStore, useStore } from 'zustand';
import type { Host } from '../../main/contract/hosts.ts';
import type { Settings } from '../../main/contract/settings.ts';
import { holdThresholds, type Limits } from '../../main/domain/present/levels.ts';
import { createLimits, gatherOwn, noOwnThresholds } from '../../main/domain/present/own-thresholds.ts';
import { fleetStore } from './fleet.ts';
import { hostOfRoute, routeStore } from './route.ts';

type Named = Pick<Host, 'name' | 'group'>;

interface LimitsState {
  /** The thresholds of any host; the same object for all that share them. */
  readonly limitsOf: (host: Named) => Limits;
  /** Counts on when those that the page holds change: what is drawn with levels is drawn anew. */
  readonly levels: number;
}

/** Where no host is shown, what is said for all holds. */
const anybody: Named = { name: '', group: null };

export const limitsStore = createStore<LimitsState>(() => ({
  limitsOf: createLimits(noOwnThresholds, () => null),
  levels: 0,
}));

/** Takes the thresholds for all, by key, and those of groups and hosts. */
export function takeLimits(general: ReadonlyMap<string, unknown>, own: Settings['own']): void {
  const limitsOf = createLimits(gatherOwn(own), (key) => {
    const value = general.get(key);
    return typeof value === 'number' ? value : null;
  });
  limitsStore.setState({ limitsOf });
  holdShown();
}

/** The page's levels are those of the host that it shows, until the signal aborts. */
export function watchShownHost(signal: AbortSignal): void {
  for (const store of [routeStore, fleetStore]) signal.addEventListener('abort', store.subscribe(holdShown));
}

function holdShown(): void {
  const hostId = hostOfRoute(routeStore.getState().route);
  const host = hostId === null ? undefined : fleetStore.getState().views[hostId]?.host;
  const changed = holdThresholds(limitsStore.getState().limitsOf(host ?? anybody));
  if (changed) limitsStore.setState(({ levels }) => ({ levels: levels + 1 }));
}

/** Changes when the page's levels do. */
export function useLevels(): number {
  return useStore(limitsStore, ({ levels }) => levels);
}

/** Of a host in a list of many, whatever the page holds. */
export function useLimits(host: Named): Limits {
  return useStore(limitsStore, ({ limitsOf }) => limitsOf(host));
}
