import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { Icon } from '../../parts/icon.tsx';
import type { FleetColumn, FleetSort } from '../../state/fleet-table.ts';
import { go } from '../../state/route.ts';
import { FleetRow } from './fleet-row.tsx';

const columns: readonly { readonly column: FleetColumn; readonly label: string; readonly number: boolean }[] = [
  { column: 'state', label: 'State', number: false },
  { column: 'name', label: 'Name', number: false },
  { column: 'address', label: 'Address', number: false },
  { column: 'cpu', label: 'CPU', number: true },
  { column: 'memory', label: 'Memory', number: true },
  { column: 'load', label: 'Load', number: true },
  { column: 'uptime', label: 'Uptime', number: true },
  { column: 'age', label: 'Data', number: true },
];

const rowHeight = 44;

interface FleetTableProps {
  readonly ids: readonly string[];
  readonly sort: FleetSort | null;
  readonly onSort: (sort: FleetSort | null) => void;
}

/** A grid of which only the rows in view exist. */
export function FleetTable({ ids, sort, onSort }: FleetTableProps) {
  const scroll = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const virtual = useVirtualizer({
    count: ids.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    getItemKey: (index) => ids[index] ?? index,
  });
  const current = Math.min(active, Math.max(0, ids.length - 1));

  // Another order is another list: it is read from its top.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the order is what it follows
  useEffect(() => {
    scroll.current?.scrollTo(0, 0);
    setActive(0);
  }, [sort]);

  function move(to: number): void {
    const next = Math.min(ids.length - 1, Math.max(0, to));
    setActive(next);
    virtual.scrollToIndex(next);
    const row = () => scroll.current?.querySelector<HTMLElement>(`[data-index="${next}"]`) ?? null;
    // A row that is not in view yet exists one frame later.
    if (row() === null) requestAnimationFrame(() => row()?.focus());
    else row()?.focus();
  }

  function onKeyDown(event: React.KeyboardEvent): void {
    const page = Math.max(1, Math.floor((scroll.current?.clientHeight ?? 0) / rowHeight) - 1);
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page };
    const step = steps[event.key];
    if (step !== undefined) move(current + step);
    else if (event.key === 'Home') move(0);
    else if (event.key === 'End') move(ids.length - 1);
    else if (event.key === 'Enter') {
      const hostId = ids[current];
      if (hostId !== undefined) go({ view: 'host', hostId });
    } else return;
    event.preventDefault();
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual list's rows are placed by hand, which a table's cannot be
    <div className="fleet-table" role="grid" aria-label="Hosts" aria-rowcount={ids.length + 1}>
      {/* biome-ignore lint/a11y/useSemanticElements: as the grid */}
      <div className="fleet-head" role="row" aria-rowindex={1} tabIndex={-1}>
        {columns.map(({ column, label, number }) => (
          <HeaderCell key={column} column={column} label={label} number={number} sort={sort} onSort={onSort} />
        ))}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: as the grid */}
      <div ref={scroll} className="fleet-scroll" role="rowgroup" tabIndex={-1} onKeyDown={onKeyDown}>
        <div className="fleet-space" style={{ height: virtual.getTotalSize() }} role="presentation">
          {virtual.getVirtualItems().map((item) => (
            <FleetRow
              key={item.key}
              hostId={ids[item.index] ?? ''}
              index={item.index}
              top={item.start}
              reachable={item.index === current}
              onActive={setActive}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

interface HeaderCellProps {
  readonly column: FleetColumn;
  readonly label: string;
  readonly number: boolean;
  readonly sort: FleetSort | null;
  readonly onSort: (sort: FleetSort | null) => void;
}

/** First click sorts numbers from the top and words from A, the second turns it round, the third lets go. */
function HeaderCell({ column, label, number, sort, onSort }: HeaderCellProps) {
  const here = sort?.column === column ? sort : null;
  const next = () => {
    if (here === null) return onSort({ column, descending: number });
    onSort(here.descending === number ? { column, descending: !number } : null);
  };
  const direction = here === null ? 'none' : here.descending ? 'descending' : 'ascending';
  return (
    // biome-ignore lint/a11y/useSemanticElements: as the grid
    <div role="columnheader" tabIndex={-1} aria-sort={direction} className={`cell-${column}`}>
      <button type="button" className="sort" onClick={next}>
        {label}
        <span className="sort-mark">{here !== null && <Icon name={here.descending ? 'down' : 'up'} />}</span>
      </button>
    </div>
  );
}
