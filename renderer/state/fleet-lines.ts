import type { FleetGroup } from './fleet-groups.ts';

/** One line of the fleet as it is drawn: the head of a group, or a host (in the grid: as many as stand side by side). */
export type FleetLine =
  | { readonly kind: 'group'; readonly key: string; readonly group: FleetGroup; readonly collapsed: boolean }
  | { readonly kind: 'hosts'; readonly key: string; readonly ids: readonly string[] };

export function groupKey(name: string | null): string {
  return name === null ? 'group' : `group:${name}`;
}

/** Groups that are collapsed show their head alone; hosts that nobody groups have no head. */
export function fleetLines(
  groups: readonly FleetGroup[],
  collapsed: ReadonlySet<string>,
  columns: number,
): readonly FleetLine[] {
  const heads = groups.some(({ name }) => name !== null);
  return groups.flatMap((group): FleetLine[] => {
    const key = groupKey(group.name);
    const isCollapsed = heads && collapsed.has(key);
    const lines: FleetLine[] = heads ? [{ kind: 'group', key, group, collapsed: isCollapsed }] : [];
    for (let at = 0; at < group.ids.length && !isCollapsed; at += columns) {
      const ids = group.ids.slice(at, at + columns);
      lines.push({ kind: 'hosts', key: ids[0] ?? '', ids });
    }
    return lines;
  });
}

/** What can have the focus in a line: a group's head by its key, or hosts by their ids. */
function stopsIn(line: FleetLine | undefined): readonly string[] {
  if (line === undefined) return [];
  return line.kind === 'group' ? [line.key] : line.ids;
}

export function lineOf(lines: readonly FleetLine[], stop: string): number {
  return lines.findIndex((line) => stopsIn(line).includes(stop));
}

/** The stop that a key leads to; the first for one that is gone, null for a key that does not move. */
export function stepFrom(lines: readonly FleetLine[], stop: string | null, key: string, page: number): string | null {
  const line = stop === null ? -1 : lineOf(lines, stop);
  const column = stop === null || line === -1 ? 0 : stopsIn(lines[line]).indexOf(stop);
  const to = (wanted: number, at: number) => {
    const stops = stopsIn(lines[Math.min(lines.length - 1, Math.max(0, wanted))]);
    return stops[Math.min(stops.length - 1, at)] ?? null;
  };
  switch (key) {
    case 'ArrowDown':
      return to(line + 1, column);
    case 'ArrowUp':
      return to(line - 1, column);
    case 'PageDown':
      return to(line + page, column);
    case 'PageUp':
      return to(line - page, column);
    case 'Home':
      return to(0, 0);
    case 'End':
      return to(lines.length - 1, Number.MAX_SAFE_INTEGER);
    case 'ArrowRight':
      return column + 1 < stopsIn(lines[line]).length ? to(line, column + 1) : to(line + 1, 0);
    case 'ArrowLeft':
      return column > 0 ? to(line, column - 1) : to(line - 1, Number.MAX_SAFE_INTEGER);
    default:
      return null;
  }
}
