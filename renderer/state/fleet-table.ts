import type { Connection, HostView } from '../../main/contract/hosts.ts';
import { targetWords } from '../../main/domain/present/words.ts';
import { matchesFilter, parseFilter } from './fleet-filter.ts';
import { type Sort, sortedBy } from './sort.ts';

export const fleetColumns = ['state', 'name', 'health', 'address', 'cpu', 'memory', 'load', 'uptime', 'age'] as const;
export type FleetColumn = (typeof fleetColumns)[number];
export type FleetSort = Sort<FleetColumn>;

/** What needs a person comes first. */
const urgency: Readonly<Record<Connection['state'], number>> = {
  asking: 0,
  stopped: 1,
  waiting: 2,
  connecting: 3,
  live: 4,
  replay: 5,
};

/** The value that a column sorts by; null is unknown and stands last in both directions. */
export function sortValue(view: HostView, column: FleetColumn): number | string | null {
  switch (column) {
    case 'state':
      return urgency[view.connection.state];
    case 'name':
      return view.host.name.toLowerCase();
    case 'health':
      return severityOf(view.health);
    case 'address':
      return targetWords(view.host.target).toLowerCase();
    case 'cpu':
      return view.glance?.cpu_percent ?? null;
    case 'memory':
      return view.glance?.memory_percent ?? null;
    case 'load':
      return view.glance?.load ?? null;
    case 'uptime':
      return view.glance?.uptime_seconds ?? null;
    case 'age':
      return view.glance === null ? null : -view.glance.at;
  }
}

/** One that is bad weighs more than any number to look at. */
function severityOf(health: HostView['health']): number | null {
  return health === null ? null : health.bad + health.warn / (health.warn + 1);
}

/** What is wrong anywhere, the worst first. */
export const worstFirst: FleetSort = { column: 'health', descending: true };

/** The ids of the hosts to list, in order; hosts that compare equal keep the console's order. */
export function listHosts(
  ids: readonly string[],
  views: Readonly<Record<string, HostView>>,
  filter: string,
  sort: FleetSort | null,
): string[] {
  const words = parseFilter(filter);
  const kept = ids.filter((id) => {
    const view = views[id];
    return view !== undefined && matchesFilter(view, words);
  });
  return sort === null ? kept : sortedBy(kept, sort, (id) => sortValue(views[id] as HostView, sort.column));
}
