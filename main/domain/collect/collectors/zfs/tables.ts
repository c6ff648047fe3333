import type { Pool, Vdev } from '../../../../contract/storage.ts';
import { cutText } from '../../cut-text.ts';
import { propertiesByName } from './property-rows.ts';
import { roles } from './status-config.ts';
import { isGroupName, maxName, maxPools, maxVdevs, percentOf, sizeOf, unknownPool, wordsOf } from './values.ts';

const maxLine = 4096;

/** Columns by how many there are, where no header says: ours, ours of before 0.6.4, and those of `zpool list -H` alone. */
const layouts = new Map<number, readonly string[]>(
  [
    'NAME SIZE ALLOC FREE HEALTH',
    'NAME SIZE ALLOC FREE FRAG CAP HEALTH',
    'NAME SIZE ALLOC FREE CAP HEALTH',
    'NAME SIZE ALLOC FREE CAP DEDUP HEALTH ALTROOT',
    'NAME SIZE ALLOC FREE EXPANDSZ FRAG CAP DEDUP HEALTH ALTROOT',
    'NAME SIZE ALLOC FREE CKPOINT EXPANDSZ FRAG CAP DEDUP HEALTH ALTROOT',
  ].map((text) => [text.split(' ').length, text.split(' ')]),
);

/** What the first generations called it. */
const ofOld: ReadonlyMap<string, string> = new Map([
  ['USED', 'ALLOC'],
  ['AVAIL', 'FREE'],
]);

/**
 * The pools of `zpool list` with and without `-H`, `-p`, `-v`, and of `zpool iostat`, which tells sizes alone; none where
 * it is something else. A pool that is FAULTED has `-` for every number.
 */
export function parsePoolTable(text: string): Pool[] {
  const pools: Pool[] = [];
  let header: readonly string[] | null = null;
  let role: Vdev['role'] = 'data';
  for (const raw of text.split('\n', 16_384)) {
    if (raw === '') continue;
    const line = raw.slice(0, maxLine).trimEnd();
    const words = line.trim().split(/\s+/);
    if (/^NAME\s+SIZE\s/.test(line)) header = words.map((word) => ofOld.get(word) ?? word);
    // `zpool iostat`; its lines of latencies and the like have more columns.
    else if (/^pool\s+alloc\s+free\b/.test(line)) header = ['NAME', 'ALLOC', 'FREE', ...words.slice(3)];
    if (line === '' || words[0] === header?.[0] || /^-{3,}$/.test(words[0] as string)) continue;
    const split = line.trim().split(line.includes('\t') ? '\t' : /\s+/);
    const columns: readonly string[] | null = header ?? layouts.get(split.length) ?? null;
    const isBelow = /^\s/.test(line) || roles.has(split[0] as string);
    const cells = columns === null ? null : cellsOf(split, columns, isBelow);
    if (cells === null) continue;
    header = columns;
    const name = cells.get('NAME') as string;
    const pool = pools.at(-1);
    if (!isBelow) {
      if (pools.length === maxPools) break;
      role = 'data';
      pools.push(poolOf(name, cells));
    } else if (!/^\s/.test(line)) role = roles.get(name) as Vdev['role'];
    else if (pool !== undefined && pool.vdevs.length < maxVdevs) addVdev(pool.vdevs, line, cells, role);
  }
  return pools;
}

/**
 * Values by their column. A pool's name is all that stands before the others, since it may hold spaces; rows of what is
 * below a pool lack the last columns. Null for a line that is no row.
 */
function cellsOf(cells: string[], columns: readonly string[], isBelow: boolean): ReadonlyMap<string, string> | null {
  const extra = isBelow ? 0 : cells.length - columns.length;
  if (extra < 0) return null;
  const values = [cells.slice(0, extra + 1).join(' '), ...cells.slice(extra + 1)];
  const found = new Map(columns.map((column, index) => [column, values[index] ?? '-']));
  const isRow = ['SIZE', 'ALLOC', 'FREE'].every((name) => isSize(found.get(name) ?? '-'));
  return isRow && /^(?:-|[A-Z]*)$/.test(found.get('HEALTH') ?? '-') ? found : null;
}

function isSize(cell: string): boolean {
  return cell === '-' || sizeOf(cell) !== null;
}

function poolOf(name: string, cells: ReadonlyMap<string, string>): Pool {
  return {
    ...unknownPool(name),
    state: wordsOf(cells.get('HEALTH'), 32),
    size_bytes: sizeOf(cells.get('SIZE')),
    allocated_bytes: sizeOf(cells.get('ALLOC')),
    free_bytes: sizeOf(cells.get('FREE')),
    fragmentation_percent: percentOf(cells.get('FRAG')),
  };
}

const properties = new Map([
  ['size', 'SIZE'],
  ['allocated', 'ALLOC'],
  ['free', 'FREE'],
  ['fragmentation', 'FRAG'],
  ['health', 'HEALTH'],
]);

/** The pools of `zpool get`; none where it is something else, or tells nothing of these. */
export function parsePoolProperties(text: string): Pool[] {
  return [...propertiesByName(text, new Set(properties.keys()))].slice(0, maxPools).map(([name, told]) => {
    return poolOf(name, new Map([...told].map(([property, value]) => [properties.get(property) as string, value])));
  });
}

/** Two spaces stand before a row for each level, with `-H` a tab for all: there a member is one that tells no sizes. */
function addVdev(vdevs: Vdev[], line: string, cells: ReadonlyMap<string, string>, role: Vdev['role']): void {
  const name = cutText(cells.get('NAME') as string, maxName);
  const indent = line.length - line.trimStart().length;
  const isMember = role !== 'spare' && cells.get('ALLOC') === '-';
  const depth = line.startsWith('\t') ? Number(isMember) : Math.max(0, Math.floor(indent / 2) - 1);
  const last = vdevs.at(-1);
  if (last !== undefined && depth > last.depth) last.group = true;
  vdevs.push({
    name,
    depth: Math.min(16, depth),
    role,
    group: role !== 'spare' && isGroupName(name),
    state: wordsOf(cells.get('HEALTH'), 32),
    read_errors: null,
    write_errors: null,
    checksum_errors: null,
    slow_ios: null,
    note: null,
  });
}

/** The rows of `zfs list -Hp -d 0 -o name,used,avail`: what files have and can still have, by the pool. */
export function parseUsable(text: string): ReadonlyMap<string, { used: number | null; available: number | null }> {
  const found = new Map<string, { used: number | null; available: number | null }>();
  for (const line of text.split('\n', 16_384)) {
    const cells = line.slice(0, maxLine).trimEnd().split('\t');
    if (cells.length !== 3 || found.size === maxPools) continue;
    const [name, used, available] = cells as [string, string, string];
    if (isSize(used) && isSize(available)) {
      found.set(cutText(name, maxName), { used: sizeOf(used), available: sizeOf(available) });
    }
  }
  return found;
}

/** `tank/state:ONLINE`, one a line, or the name before and the state on the line that follows. */
export function parseStates(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  let before: string | null = null;
  for (const raw of text.split('\n', 16_384)) {
    const line = raw.slice(0, maxLine).trim();
    const match = /^(?:=+ )?(?:.{0,200}\/)?([^/]{1,256})\/state(?::([A-Z]{1,32}))?$/.exec(line);
    if (match?.[2] !== undefined) found.set(match[1] as string, match[2]);
    else if (before !== null && /^[A-Z]{1,32}$/.test(line)) found.set(before, line);
    before = match !== null && match[2] === undefined ? (match[1] as string) : null;
    if (found.size === maxPools) break;
  }
  return found;
}
