import { randomUUID } from 'node:crypto';
import type { Hit, SearchProgress } from '../../contract/dump-search.ts';
import { FaultError } from '../../contract/faults.ts';
import type { EntryTable } from '../../domain/dump/entry-table.ts';
import type { Selected } from '../../domain/dump/select-entries.ts';
import type { Matches } from './search-bytes.ts';

/** What one search has found; it grows while the search goes on. */
export interface Search {
  readonly id: string;
  /** For who keeps what was computed from it: another one whenever there is more. */
  readonly version: number;
  readonly withHits: Selected;
  /**
   * Takes what is found from one entry on, in the order of the file; further ones take what is found from later entries
   * on, meanwhile.
   */
  takeFrom(position: number): (matches: Matches) => void;
  progress(bytes: number, done: boolean): SearchProgress;
  /** Matches that begin in that entry, at most so many. */
  hitsIn(from: number, to: number, limit: number): Hit[];
}

/** Matches whose places are kept; what is beyond is counted, and its entries are known. */
const maxKept = 4_000_000;
const maxSearches = 16;

export interface Searches {
  /** @param tableNow the table, which is another one when the index begins anew */
  begin(tableNow: () => EntryTable, accepts: Selected | null): Search;
  /** Throws a `FaultError` `not_found` for one that is over. */
  find(id: string): Search;
}

export function createSearches(): Searches {
  const searches = new Map<string, Search>();
  return {
    begin: (tableNow, accepts) => {
      const search = createSearch(tableNow, accepts);
      searches.set(search.id, search);
      const oldest = searches.keys().next().value;
      if (searches.size > maxSearches && oldest !== undefined) searches.delete(oldest);
      return search;
    },
    find: (id) => {
      const found = searches.get(id);
      if (found === undefined) throw new FaultError('not_found', 'search', 'This search is not there any more.');
      return found;
    },
  };
}

/** A part of the file that is looked through in its order. */
interface Lane {
  readBytes: number;
  readonly parts: { offsets: Float64Array; lengths: Uint32Array }[];
}

function createSearch(tableNow: () => EntryTable, accepts: Selected | null): Search {
  const id = randomUUID();
  let marked = new Uint8Array(0);
  let entries = 0;
  let hits = 0;
  let kept = 0;
  const lanes: Lane[] = [];

  function takeFrom(first: number): (matches: Matches) => void {
    const lane: Lane = { readBytes: 0, parts: [] };
    lanes.push(lane);
    let position = first;
    /** Where the entry behind that one begins; asked again for each stretch, as the table grows. */
    let nextOffset = 0;

    const offsetAfter = (table: EntryTable) =>
      position + 1 < table.count ? table.place(position + 1).offset : Number.POSITIVE_INFINITY;

    /** Both matches and entries come in the order of the file. */
    function entryOf(table: EntryTable, offset: number): number {
      while (nextOffset <= offset) {
        position += 1;
        nextOffset = offsetAfter(table);
      }
      return position;
    }

    return ({ offsets, lengths, readBytes }) => {
      const table = tableNow();
      lane.readBytes = readBytes;
      if (marked.length < table.count) {
        const next = new Uint8Array(table.count);
        next.set(marked);
        marked = next;
      }
      nextOffset = offsetAfter(table);
      let accepted = 0;
      for (let index = 0; index < offsets.length; index++) {
        const entry = entryOf(table, offsets[index] as number);
        if (entry >= table.count || (accepts !== null && !accepts.has(entry))) continue;
        if (marked[entry] !== 1) entries += 1;
        marked[entry] = 1;
        offsets[accepted] = offsets[index] as number;
        lengths[accepted] = lengths[index] as number;
        accepted += 1;
      }
      hits += accepted;
      const room = Math.min(accepted, maxKept - kept);
      kept += room;
      if (room > 0) lane.parts.push({ offsets: offsets.slice(0, room), lengths: lengths.slice(0, room) });
    };
  }

  return {
    id,
    get version() {
      return entries;
    },
    withHits: { has: (at) => marked[at] === 1 },
    takeFrom,
    progress: (bytes, done) => {
      const readBytes = lanes.reduce((sum, lane) => sum + lane.readBytes, 0);
      return { searchId: id, bytes, readBytes, hits, entries, done };
    },
    hitsIn: (from, to, limit) => {
      const found: Hit[] = [];
      for (const { offsets, lengths } of lanes.flatMap(({ parts }) => parts)) {
        if ((offsets.at(-1) as number) < from) continue;
        if ((offsets[0] as number) >= to) break;
        for (let index = 0; index < offsets.length; index++) {
          const offset = offsets[index] as number;
          if (offset < from) continue;
          if (offset >= to || found.length === limit) return found;
          found.push({ offset, length: lengths[index] as number });
        }
      }
      return found;
    },
  };
}
