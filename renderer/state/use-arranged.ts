import { useMemo } from 'react';
import { type FleetState, useFleet } from './fleet.ts';
import { type FleetGroup, groupHosts, sameGroups } from './fleet-groups.ts';
import { useLayout } from './fleet-layout.ts';
import { type FleetSort, listHosts } from './fleet-table.ts';

/** The hosts to show, filtered, sorted and grouped. It stays the same object until a host has another place. */
export function useArranged(filter: string, sort: FleetSort | null): readonly FleetGroup[] {
  const { grouped } = useLayout();
  const select = useMemo(() => {
    let from: Pick<FleetState, 'ids' | 'views'> | null = null;
    let before: readonly FleetGroup[] = [];
    return ({ ids, views }: FleetState): readonly FleetGroup[] => {
      if (from?.ids === ids && from.views === views) return before;
      from = { ids, views };
      const listed = filter === '' && sort === null ? ids : listHosts(ids, views, filter, sort);
      const next = grouped ? groupHosts(listed, views) : [{ name: null, ids: listed }];
      if (!sameGroups(before, next)) before = next;
      return before;
    };
  }, [filter, sort, grouped]);
  return useFleet(select);
}
