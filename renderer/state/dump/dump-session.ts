import { createStore, type StoreApi, useStore } from 'zustand';
import type { CommandStats, Entry, EntryFilter, EntryRef, Timeline } from '../../../main/contract/dump-entries.ts';
import type { SampleText } from '../../../main/contract/dump-samples.ts';
import type { Hit, SearchProgress } from '../../../main/contract/dump-search.ts';
import type { DumpNote, DumpStatus } from '../../../main/contract/dumps.ts';
import type { DumpPull } from '../../../main/contract/dumps-on-hosts.ts';
import type { Fault } from '../../../main/contract/faults.ts';
import type { ListPages } from './list-pages.ts';

export type DumpTab = 'entries' | 'commands' | 'samples' | 'notes';

export interface SearchState {
  readonly pattern: string;
  readonly regex: boolean;
  readonly matchCase: boolean;
  /** Null before the first answer; what was found stays when the search has ended. */
  readonly progress: SearchProgress | null;
  readonly running: boolean;
  readonly fault: Fault | null;
}

/** What is looked at in one open dump. It outlives the page: who comes back finds it as it was. */
export interface DumpView {
  readonly status: DumpStatus | null;
  readonly fault: Fault | null;
  /** The rest of it is being taken from the host that it lies on. */
  readonly pull: { readonly progress: DumpPull | null; leave(): void } | null;
  readonly tab: DumpTab;
  readonly filter: EntryFilter;
  /** Only entries with hits of the search are listed. */
  readonly onlyHits: boolean;
  readonly chosen: Entry | null;
  /** Where the chosen entry stands in the list; null where the filter keeps it out. */
  readonly chosenIndex: number | null;
  /** Counts up whenever pages of the list have come. */
  readonly listVersion: number;
  /** The row that is to be in view; another object whenever it is asked for. */
  readonly reveal: { readonly index: number } | null;
  /** The instants of the rows in view, for the timeline. */
  readonly seen: { readonly from: number; readonly to: number } | null;
  readonly timeline: Timeline | null;
  /** Failures of all the dump; null where they are not counted, because a filter leaves some out. */
  readonly failures: number | null;
  /** Those that pass the filter; null while they are being counted. */
  readonly commands: readonly CommandStats[] | null;
  readonly search: SearchState;
  /** Of the search, in the entry chosen. */
  readonly hits: readonly Hit[];
  /** Which of them is gone to; null for none. */
  readonly hit: number | null;
  readonly notes: readonly DumpNote[];
  /** The note that is being written, by what it is of. */
  readonly editing: { readonly id: string | null; readonly position: number | null; readonly at: number } | null;
  /** Lines are folded at the pane's edge. */
  readonly wrap: boolean;
  /** Whether bytes are shown as such; null: as what they look like. */
  readonly hex: boolean | null;
  /** What is compared in place of the output. */
  readonly compared: { readonly left: EntryRef; readonly right: EntryRef } | null;
  /** Position of the sample that is shown; null for none yet. */
  readonly sample: number | null;
  /** The one that was read last. */
  readonly sampleText: SampleText | null;
}

export interface DumpSession {
  readonly hostId: string;
  readonly store: StoreApi<DumpView>;
  /** The list's pages; exchanged with its filter. */
  pages: ListPages<Entry> | null;
  /** Where the list is scrolled to, in pixels from its first row. */
  topPx: number;
  /** The first row in view. */
  firstInView: number;
  /** The index that was moved to and has not come yet. */
  pendingIndex: number | null;
  /** Counts changes of the filter: an answer to an earlier one comes too late. */
  filterTurn: number;
  searchAbort: AbortController | null;
  /** Which hit of the next entry is gone to, as soon as they are known; `from`: the position that is left. */
  hitWanted: { readonly side: 'first' | 'last'; readonly from: number } | null;
  /** Resolves when the rows of the filter are here, or another filter has taken its place. */
  listed: Promise<void>;
}

export const noSearch: SearchState = {
  pattern: '',
  regex: false,
  matchCase: false,
  progress: null,
  running: false,
  fault: null,
};

const nothing: DumpView = {
  status: null,
  fault: null,
  pull: null,
  tab: 'entries',
  filter: {},
  onlyHits: false,
  chosen: null,
  chosenIndex: null,
  listVersion: 0,
  reveal: null,
  seen: null,
  timeline: null,
  failures: null,
  commands: null,
  search: noSearch,
  hits: [],
  hit: null,
  notes: [],
  editing: null,
  wrap: false,
  hex: null,
  compared: null,
  sample: null,
  sampleText: null,
};

const sessions = new Map<string, DumpSession>();
/** Dumps whose view is remembered. */
const maxSessions = 12;

export function dumpSession(hostId: string): DumpSession {
  const found = sessions.get(hostId);
  sessions.delete(hostId);
  const session = found ?? {
    hostId,
    store: createStore<DumpView>(() => nothing),
    pages: null,
    topPx: 0,
    firstInView: 0,
    pendingIndex: null,
    filterTurn: 0,
    searchAbort: null,
    hitWanted: null,
    listed: Promise.resolve(),
  };
  sessions.set(hostId, session);
  for (const [oldest, { pages, searchAbort }] of sessions) {
    if (sessions.size <= maxSessions) break;
    pages?.close();
    searchAbort?.abort();
    sessions.delete(oldest);
  }
  return session;
}

/** The filter that the list goes by: what was chosen, and the hits where only these are wanted. */
export function listFilter({
  filter,
  onlyHits,
  search,
}: Pick<DumpView, 'filter' | 'onlyHits' | 'search'>): EntryFilter {
  const searchId = search.progress?.searchId;
  return onlyHits && searchId !== undefined ? { ...filter, searchId } : filter;
}

export function useDump<Value>(session: DumpSession, select: (view: DumpView) => Value): Value {
  return useStore(session.store, select);
}
