import type { Pool, Vdev } from '../../../../contract/storage.ts';
import { cutText } from '../../cut-text.ts';
import { countOf, isGroupName, maxName, maxVdevs, wordsOf } from './values.ts';

type Counters = Pick<Pool, 'read_errors' | 'write_errors' | 'checksum_errors'>;

export const roles: ReadonlyMap<string, Vdev['role']> = new Map([
  ['logs', 'log'],
  ['log', 'log'],
  ['cache', 'cache'],
  ['l2cache', 'cache'],
  ['spares', 'spare'],
  ['spare', 'spare'],
  ['special', 'special'],
  ['dedup', 'dedup'],
]);

const states = 'ONLINE|DEGRADED|FAULTED|OFFLINE|UNAVAIL|REMOVED|AVAIL|INUSE|SUSPENDED|SPLIT|CANT_OPEN|CLOSED|UNKNOWN';
const row = new RegExp(`^(\\s*)(\\S(?:.{0,1000}?\\S)??)\\s+(${states})(?:\\s+(.*))?$`);
const isNumber = /^(\d[\d.]{0,20}[KMGTPE]?|-)$/;

/**
 * The table of `zpool status` below `NAME STATE READ WRITE CKSUM`: rows in their order, and the counters of the pool's own
 * row. Columns behind those (`SLOW`, `DIO`, or what `-c` adds) are no part of the note that may follow.
 */
export function parseConfig(lines: readonly string[], poolName: string): { pool: Counters; vdevs: Vdev[] } {
  const vdevs: Vdev[] = [];
  let pool: Counters = { read_errors: null, write_errors: null, checksum_errors: null };
  let columns: string[] = [];
  let left: number | null = null;
  /** How far in the vdevs stand that the row may be part of. */
  let above: number[] = [];
  let role: Vdev['role'] = 'data';
  for (const line of lines) {
    if (/^\s*NAME\s+STATE\b/.test(line)) {
      columns = line.trim().split(/\s+/).slice(2);
      continue;
    }
    const match = row.exec(line);
    const indent = match === null ? null : indentOf(match[1] as string);
    // Old generations print a state behind `logs` too; it stands where the pool stands, a device stands further in.
    const section = roles.get(match === null ? line.trim() : indent === left ? (match[2] as string) : '');
    if (section !== undefined) [role, above] = [section, []];
    if (match === null || indent === null || section !== undefined) continue;
    const cells = cellsOf(columns, match[4] ?? '');
    if (left === null) {
      left = indent;
      if (match[2] === poolName) {
        pool = cells.counters;
        continue;
      }
    }
    // Two spaces further in for each level; where somebody copied it with tabs, they are eight.
    above = above.filter((outer) => outer < indent);
    const depth = above.length;
    above.push(indent);
    const name = cutText(match[2] as string, maxName);
    const last = vdevs.at(-1);
    if (last !== undefined && depth > last.depth) last.group = true;
    const group = role !== 'spare' && isGroupName(name);
    vdevs.push({
      name,
      depth: Math.min(depth, 16),
      role,
      group,
      state: match[3] as string,
      ...cells.counters,
      slow_ios: cells.slow,
      note: cells.note,
    });
    if (vdevs.length === maxVdevs) break;
  }
  return { pool, vdevs };
}

function indentOf(space: string): number {
  return [...space].reduce((sum, one) => sum + (one === '\t' ? 8 : 1), 0);
}

function cellsOf(
  columns: readonly string[],
  text: string,
): { counters: Counters; slow: number | null; note: string | null } {
  let rest = text;
  const cells = new Map<string, string>();
  const own = columns.filter((column) => column === column.toUpperCase());
  for (const column of own) {
    const match = /^(\S+)(?:\s+|$)/.exec(rest);
    // A spare has no numbers, only its note.
    if (match === null || !(isNumber.test(match[1] as string) || /^POWER (?:on|off)$/.test(`${column} ${match[1]}`)))
      break;
    cells.set(column, match[1] as string);
    rest = rest.slice(match[0].length);
  }
  return {
    counters: {
      read_errors: countOf(cells.get('READ')),
      write_errors: countOf(cells.get('WRITE')),
      checksum_errors: countOf(cells.get('CKSUM')),
    },
    slow: countOf(cells.get('SLOW')),
    note: wordsOf(own.length === columns.length ? rest : notesOf(rest), maxName),
  };
}

const notes = [
  'cannot open|missing device|insufficient replicas|newer version|unsupported (?:minor version|feature\\(s\\))',
  'too many (?:errors|slow I/Os)|experienced I/O failures|bad intent log|external device fault|split into new pool',
  'currently in use|all children offline|invalid label|corrupted data|was \\S+|\\([^)]{1,100}\\)',
].join('|');
const before = new RegExp(`^(?:(?:${notes})(?:\\s+|$))+`);

/** What the scripts of `-c` print, any words, stands behind zpool's own notes and before those on trimming. */
function notesOf(text: string): string {
  const own = before.exec(text)?.[0] ?? '';
  const after = /(?:\s{2,}\([^)]{1,100}\)){1,4}$/.exec(text.slice(own.length))?.[0] ?? '';
  return `${own} ${after}`;
}
