import type { Connection, HostView } from '../../main/contract/hosts.ts';
import { memoryParts } from '../../main/domain/present/memory.ts';
import { targetWords } from '../../main/domain/present/words.ts';
import { matchesFilter, parseFilter } from './fleet-filter.ts';

export const fleetColumns = ['state', 'name', 'address', 'cpu', 'memory', 'load', 'uptime', 'age'] as const;
export type FleetColumn = (typeof fleetColumns)[number];
export interface FleetSort {
  readonly column: FleetColumn;
  readonly descending: boolean;
}

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
  const data = view.fast?.data;
  switch (column) {
    case 'state':
      return urgency[view.connection.state];
    case 'name':
      return view.host.name.toLowerCase();
    case 'address':
      return targetWords(view.host.target).toLowerCase();
    case 'cpu':
      return data?.cpu?.total?.busy_percent ?? null;
    case 'memory':
      return data?.memory == null ? null : memoryParts(data.memory).usedPercent;
    case 'load':
      return data?.load?.one ?? null;
    case 'uptime':
      return data?.clock.uptime_seconds ?? null;
    case 'age':
      return view.fast === null ? null : -Date.parse(view.fast.collected_at);
  }
}

function compare(a: number | string, b: number | string): number {
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0;
  return Number(a) - Number(b);
}

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
  if (sort === null) return kept;
  const keyed = kept.map((id) => ({ id, value: sortValue(views[id] as HostView, sort.column) }));
  keyed.sort((a, b) => {
    if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
    return sort.descending ? compare(b.value, a.value) : compare(a.value, b.value);
  });
  return keyed.map(({ id }) => id);
}
