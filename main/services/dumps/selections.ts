import type { EntryFilter } from '../../contract/dump-entries.ts';
import { isOpen, type Selected, selectEntries } from '../../domain/dump/select-entries.ts';
import { countBefore } from '../../domain/present/count-before.ts';
import type { CommandsLog } from './commands-log.ts';
import type { Searches } from './searches.ts';

/** Positions of the entries that pass a filter. */
export interface Selection {
  readonly count: number;
  /** Null where all pass. */
  readonly positions: Uint32Array | null;
  at(index: number): number;
  /** Index of the first one at or after a position. */
  indexOf(position: number): number;
}

/** What passes each of the filters that were used last, kept while the file grows. */
export interface Selections {
  select(filter: EntryFilter): Promise<Selection>;
}

const kept = 8;

export function createSelections(
  log: CommandsLog,
  searches: Searches,
  notedNow: () => Promise<Set<number>>,
): Selections {
  const known = new Map<string, { upTo: number; positions: Uint32Array }>();

  return {
    select: async (filter) => {
      const { table, commands } = log;
      if (isOpen(filter)) return selectionOf(null, table.count);
      const search = filter.searchId === undefined ? null : searches.find(filter.searchId);
      const withNote: Selected | null = filter.noted === true ? await notedNow() : null;
      const context = { table, commands, withHits: search?.withHits ?? null, withNote };
      // What was found with notes and hits is another when these are.
      const key = JSON.stringify([
        filter,
        log.revision,
        search?.version,
        withNote === null ? 0 : [...(withNote as Set<number>)],
      ]);
      const before = known.get(key) ?? { upTo: 0, positions: new Uint32Array(0) };
      const upTo = table.count;
      const more = selectEntries(filter, context, before.upTo, upTo);
      const positions = before.positions.length === 0 ? more : joined(before.positions, more);
      known.delete(key);
      // The last entry of a file that grows is read again, and may be another.
      const settled = Math.max(0, upTo - 1);
      known.set(key, {
        upTo: settled,
        positions: positions.at(-1) === settled ? positions.subarray(0, -1) : positions,
      });
      const oldest = known.keys().next().value;
      if (known.size > kept && oldest !== undefined) known.delete(oldest);
      return selectionOf(positions, positions.length);
    },
  };
}

function joined(before: Uint32Array, more: Uint32Array): Uint32Array {
  if (more.length === 0) return before;
  const all = new Uint32Array(before.length + more.length);
  all.set(before);
  all.set(more, before.length);
  return all;
}

function selectionOf(positions: Uint32Array | null, count: number): Selection {
  if (positions === null) return { count, positions, at: (index) => index, indexOf: (position) => position };
  return {
    count,
    positions,
    at: (index) => positions[index] as number,
    indexOf: (position) => countBefore(count, (index) => (positions[index] as number) < position),
  };
}
