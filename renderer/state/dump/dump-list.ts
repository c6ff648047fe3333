import type { Entry, EntryFilter } from '../../../main/contract/dump-entries.ts';
import { api, faultOf } from '../../api/rackside.ts';
import { cursorStore, pinCursor } from '../cursor.ts';
import { toastFault } from '../toasts.ts';
import { type DumpSession, listFilter } from './dump-session.ts';
import { createListPages, type ListPages } from './list-pages.ts';

/** Where something is looked for, as `dumps.locate` takes it. */
export type EntryPlace = { at: number } | { before: number } | { after: number } | { position: number };

async function locate(session: DumpSession, filter: EntryFilter, place: EntryPlace) {
  try {
    return await api()['dumps.locate']({ hostId: session.hostId, filter, place });
  } catch (error) {
    toastFault('Go to', faultOf(error));
    return { index: null, entry: null };
  }
}

/**
 * Lists what passes the filter as it is now. The rows from before stay until the new ones have come, and the entry that
 * is chosen stays in view where it passes; else what is nearest before it in time is.
 */
export async function listEntries(session: DumpSession): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  session.listed = promise;
  try {
    await listNow(session, resolve);
  } catch {
    resolve();
  }
}

async function listNow(session: DumpSession, onListed: () => void): Promise<void> {
  session.filterTurn += 1;
  const turn = session.filterTurn;
  const { store, hostId } = session;
  const filter = listFilter(store.getState());
  const { chosen } = store.getState();
  let chosenIndex: number | null = null;
  let near = 0;
  if (chosen !== null) {
    chosenIndex = (await locate(session, filter, { position: chosen.position })).index;
    near = chosenIndex ?? (await locate(session, filter, { before: chosen.position })).index ?? 0;
    if (turn !== session.filterTurn) return onListed();
  }
  const pages: ListPages<Entry> = createListPages(
    async (from, limit, signal) => {
      const { total, entries } = await api()['dumps.page']({ hostId, filter, from, limit }, signal);
      return { total, items: entries };
    },
    () => {
      onListed();
      if (turn !== session.filterTurn) return;
      if (session.pages === pages) {
        arrived(session);
        return;
      }
      session.pages?.close();
      session.pages = pages;
      session.pendingIndex = null;
      store.setState(({ chosen: now, chosenIndex: nowIndex, listVersion }) => ({
        // Who has moved on meanwhile is where they moved to.
        chosenIndex: now === chosen ? chosenIndex : nowIndex,
        listVersion: listVersion + 1,
        reveal: chosen === null ? { index: 0 } : { index: near },
      }));
    },
    (error) => toastFault('Entries', faultOf(error)),
  );
  pages.want(Math.max(0, near - 40), near + 80);
}

/** More rows are here: the one that was moved to may be among them. */
function arrived(session: DumpSession): void {
  const { store, pages, pendingIndex } = session;
  const pending = pendingIndex === null ? null : (pages?.at(pendingIndex) ?? null);
  if (pending !== null) choose(session, pending, pendingIndex);
  store.setState(({ listVersion }) => ({ listVersion: listVersion + 1 }));
}

/** Makes an entry the chosen one: its output is shown, and all views of the dump speak of its instant. */
export function choose(session: DumpSession, entry: Entry, index: number | null): void {
  const { store } = session;
  session.pendingIndex = null;
  if (store.getState().chosen?.position !== entry.position) {
    store.setState({ hits: [], hit: null, compared: null, editing: null });
  }
  store.setState({ chosen: entry, chosenIndex: index });
  if (cursorStore.getState().pinned !== entry.at) pinCursor(entry.at);
}

/** Moves in the list by so many rows; from the first in view where nothing is chosen. */
export function moveBy(session: DumpSession, rows: number): void {
  const { store, pages } = session;
  const total = pages?.total ?? 0;
  if (pages === null || total === 0) return;
  const { chosenIndex } = store.getState();
  const here = session.pendingIndex ?? chosenIndex;
  // The first step from nowhere is onto what is seen first.
  const by = here === null && Math.abs(rows) === 1 ? 0 : rows;
  const index = Math.min(total - 1, Math.max(0, (here ?? session.firstInView) + by));
  const entry = pages.at(index);
  store.setState({ reveal: { index } });
  if (entry !== null) {
    choose(session, entry, index);
    return;
  }
  session.pendingIndex = index;
  // The chosen row is marked at once; its output comes with its page.
  store.setState({ chosenIndex: index });
}

/**
 * Goes to the entry at a place among those that pass `among`; false where there is none. It may be one that the list's
 * filter keeps out: then its output is shown, and the list stays where it is.
 */
export async function goTo(session: DumpSession, place: EntryPlace, among: EntryFilter): Promise<boolean> {
  const { entry } = await locate(session, among, place);
  if (entry === null) return false;
  const filter = listFilter(session.store.getState());
  const { index } = await locate(session, filter, { position: entry.position });
  choose(session, entry, index);
  if (index !== null) session.store.setState({ reveal: { index } });
  return true;
}

/** Goes to the last entry that ended at or before an instant, or else to the first there is. */
export async function goToInstant(session: DumpSession, at: number): Promise<void> {
  const filter = listFilter(session.store.getState());
  if (!(await goTo(session, { at }, filter))) await goTo(session, { after: -1 }, filter);
}

/** Takes another filter; the entry chosen stays in view where it passes. */
export function setFilter(session: DumpSession, filter: EntryFilter): void {
  session.store.setState({ filter, commands: null });
  void listEntries(session);
}

export function setOnlyHits(session: DumpSession, onlyHits: boolean): void {
  session.store.setState({ onlyHits, commands: null });
  void listEntries(session);
}
