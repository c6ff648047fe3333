import { type Range, useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { FleetGroup } from '../../state/fleet-groups.ts';
import { setCollapsed, useLayout } from '../../state/fleet-layout.ts';
import { type FleetLine, fleetLines, lineOf, stepFrom } from '../../state/fleet-lines.ts';
import { clearSelection, extendSelection, selectAll, toggleSelected } from '../../state/fleet-selection.ts';
import type { FleetSort } from '../../state/fleet-table.ts';
import { go } from '../../state/route.ts';
import { FleetHead } from './fleet-head.tsx';
import { FleetRow } from './fleet-row.tsx';
import { FleetTile } from './fleet-tile.tsx';
import { GroupHead } from './group-head.tsx';
import { useWidth } from './use-width.ts';

const heights = { group: 36, list: 44, grid: 104 } as const;
/** The least width of a tile, and what lies between two of them. */
const tile = { width: 176, gap: 8 } as const;
const linesAhead = 4;

/** To which the list is scrolled; null while it rests. */
type Direction = Virtualizer<HTMLDivElement, HTMLElement>['scrollDirection'];

interface FleetHostsProps {
  readonly groups: readonly FleetGroup[];
  readonly sort: FleetSort | null;
  readonly onSort: (sort: FleetSort | null) => void;
  /** The host or group that has or had the focus. */
  readonly stop: string | null;
  readonly onStop: (stop: string) => void;
}

/** All hosts, as rows or as tiles, of which only those in view exist. One of them is reached by Tab, the others by arrows. */
export function FleetHosts({ groups, sort, onSort, stop, onStop }: FleetHostsProps) {
  const { shape, collapsed } = useLayout();
  const scroll = useRef<HTMLDivElement>(null);
  const width = useWidth(scroll);
  const columns = shape === 'list' ? 1 : Math.max(1, Math.floor((width - tile.gap) / (tile.width + tile.gap)));
  const lines = useMemo(() => fleetLines(groups, collapsed, columns), [groups, collapsed, columns]);
  const listed = useMemo(() => groups.flatMap(({ ids }) => ids), [groups]);
  const direction = useRef<Direction>(null);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroll.current,
    estimateSize: (index) => heightOf(lines, index, shape),
    rangeExtractor: useCallback((range: Range) => ahead(range, direction.current), []),
    getItemKey: useCallback((index: number) => lines[index]?.key ?? index, [lines]),
  });
  direction.current = virtual.scrollDirection;
  const reached = stop !== null && lineOf(lines, stop) !== -1 ? stop : stepFrom(lines, null, 'Home', 1);
  const [isFirst, setFirst] = useState(true);

  // Another order is another list: it is read from its top. Another shape is the same one, where it was.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the order is what it follows
  useEffect(() => {
    if (isFirst) setFirst(false);
    else scroll.current?.scrollTo(0, 0);
  }, [sort]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is about the moment in which it appears
  useEffect(() => {
    if (stop !== null && document.activeElement === document.body) focus(stop);
  }, []);

  function focus(to: string): void {
    onStop(to);
    virtual.scrollToIndex(lineOf(lines, to));
    const element = () => scroll.current?.querySelector<HTMLElement>(`[data-stop="${CSS.escape(to)}"]`) ?? null;
    // What is not in view yet exists one frame later.
    if (element() === null) requestAnimationFrame(() => element()?.focus());
    else element()?.focus();
  }

  function onKeyDown(event: React.KeyboardEvent): void {
    const line = reached === null ? undefined : lines[lineOf(lines, reached)];
    if (reached === null || line === undefined) return;
    const page = Math.max(1, Math.floor((scroll.current?.clientHeight ?? 0) / heights[shape]) - 1);
    const isHost = line.kind === 'hosts';
    if ((event.ctrlKey || event.metaKey) && event.key === 'a') selectAll(listed);
    else if (event.ctrlKey || event.metaKey || event.altKey) return;
    else if (line.kind === 'group' && (event.key === 'ArrowLeft' || event.key === 'ArrowRight'))
      setCollapsed(line.key, event.key === 'ArrowLeft');
    else if (isHost && event.key === ' ') toggleSelected(reached);
    else if (isHost && event.key === 'Enter') go({ view: 'host', hostId: reached });
    else if (event.key === 'Escape') clearSelection();
    else if (!move(reached, event, page)) return;
    event.preventDefault();
  }

  /** With Shift the way is selected, as the hosts on it. */
  function move(from: string, event: React.KeyboardEvent, page: number): boolean {
    const to = stepFrom(lines, from, event.key, page);
    if (to === null) return false;
    if (event.shiftKey) for (const id of [from, to]) if (listed.includes(id)) extendSelection(id, listed);
    focus(to);
    return true;
  }

  function onClick(event: React.MouseEvent): void {
    const target = event.target as HTMLElement;
    const hostId = target.closest<HTMLElement>('[data-host]')?.dataset.host;
    if (hostId === undefined) return;
    if (event.shiftKey) extendSelection(hostId, listed);
    else if (event.ctrlKey || event.metaKey || target.closest('.cell-check, .host-check') !== null)
      toggleSelected(hostId);
    else go({ view: 'host', hostId });
  }

  function onFocus(event: React.FocusEvent): void {
    const to = (event.target as HTMLElement).closest<HTMLElement>('[data-stop]')?.dataset.stop;
    if (to !== undefined) onStop(to);
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual list's rows are placed by hand, which a table's cannot be
    <div
      className={`fleet-table fleet-${shape}`}
      role="grid"
      aria-label="Hosts"
      aria-multiselectable="true"
      aria-rowcount={lines.length + 1}
    >
      {shape === 'list' && <FleetHead listed={listed} sort={sort} onSort={onSort} />}
      {/* biome-ignore lint/a11y/useSemanticElements: as the grid */}
      <div
        ref={scroll}
        className="fleet-scroll"
        role="rowgroup"
        tabIndex={-1}
        onKeyDown={onKeyDown}
        onClick={onClick}
        onFocus={onFocus}
      >
        <div className="fleet-space" style={{ height: virtual.getTotalSize() }} role="presentation">
          {virtual.getVirtualItems().map(({ index, key, start }) => (
            <Line
              key={key}
              line={lines[index]}
              {...{ index, top: start, shape, columns, reached: isIn(lines[index], reached) ? reached : null }}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

/** The lines in view, one more on either side, and some on the side that is scrolled to: each is drawn with every update. */
function ahead({ startIndex, endIndex, count }: Range, direction: Direction): number[] {
  const first = Math.max(0, startIndex - (direction === 'backward' ? linesAhead : 1));
  const last = Math.min(count - 1, endIndex + (direction === 'forward' ? linesAhead : 1));
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** Tiles stand apart from the head of the next group, and from the end, as from one another. */
function heightOf(lines: readonly FleetLine[], index: number, shape: 'list' | 'grid'): number {
  if (lines[index]?.kind === 'group') return heights.group;
  const next = lines[index + 1];
  return heights[shape] + (shape === 'grid' && (next === undefined || next.kind === 'group') ? tile.gap : 0);
}

function isIn(line: FleetLine | undefined, stop: string | null): boolean {
  return line !== undefined && stop !== null && lineOf([line], stop) === 0;
}

interface LineProps {
  readonly line: FleetLine | undefined;
  readonly index: number;
  readonly top: number;
  readonly shape: 'list' | 'grid';
  readonly columns: number;
  /** The stop of this line that Tab reaches; null where that is in another. */
  readonly reached: string | null;
}

function Line({ line, index, top, shape, columns, reached }: LineProps) {
  if (line === undefined) return null;
  if (line.kind === 'hosts' && shape === 'list') {
    return <FleetRow hostId={line.key} index={index} top={top} reachable={reached !== null} />;
  }
  const style = {
    top,
    ...(line.kind === 'hosts' ? { gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` } : {}),
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: as the grid
    // biome-ignore lint/a11y/useFocusableInteractive: what is in it takes the focus
    <div
      role="row"
      aria-rowindex={index + 2}
      className={line.kind === 'group' ? 'fleet-group' : 'fleet-tiles'}
      style={style}
    >
      {line.kind === 'group' ? (
        // biome-ignore lint/a11y/useSemanticElements: as the grid
        // biome-ignore lint/a11y/useFocusableInteractive: the button in it takes the focus
        <div role="gridcell">
          <GroupHead stop={line.key} group={line.group} collapsed={line.collapsed} reachable={reached !== null} />
        </div>
      ) : (
        line.ids.map((id) => <FleetTile key={id} hostId={id} reachable={id === reached} />)
      )}
    </div>
  );
}
