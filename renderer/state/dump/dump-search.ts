import { api, faultOf } from '../../api/rackside.ts';
import { toast } from '../toasts.ts';
import { goTo, listEntries } from './dump-list.ts';
import { type DumpSession, listFilter, noSearch, type SearchState } from './dump-session.ts';

/** How often the list is asked again while hits come in. */
const refreshMs = 500;

/** Searches all outputs and command lines, whatever the filter, which may change; another search ends the one before. */
export async function beginSearch(
  session: DumpSession,
  what: Pick<SearchState, 'pattern' | 'regex' | 'matchCase'>,
): Promise<void> {
  const { store, hostId } = session;
  session.searchAbort?.abort();
  const abort = new AbortController();
  session.searchAbort = abort;
  store.setState({ search: { ...noSearch, ...what, running: what.pattern !== '' }, hits: [], hit: null });
  if (what.pattern === '') return endSearch(session);
  let listed: string | null = null;
  let refreshedAt = Date.now();
  try {
    for await (const progress of api()['dumps.search']({ hostId, ...what }, abort.signal)) {
      if (abort.signal.aborted) return;
      store.setState(({ search }) => ({ search: { ...search, progress, running: !progress.done } }));
      if (!store.getState().onlyHits) continue;
      if (listed !== progress.searchId) {
        listed = progress.searchId;
        void listEntries(session);
      } else if (Date.now() - refreshedAt > refreshMs || progress.done) {
        refreshedAt = Date.now();
        session.pages?.refresh();
      }
    }
  } catch (error) {
    if (abort.signal.aborted) return;
    store.setState(({ search }) => ({ search: { ...search, running: false, fault: faultOf(error) } }));
    // Nothing was looked for: that only hits are wanted holds again for the next search.
    if (store.getState().onlyHits && listed === null) void listEntries(session);
    return;
  }
  store.setState(({ search }) => ({ search: { ...search, running: false } }));
  await readHits(session);
}

/** Stops looking; what was found stays. */
export function cancelSearch(session: DumpSession): void {
  session.searchAbort?.abort();
  session.store.setState(({ search }) => ({ search: { ...search, running: false } }));
  void readHits(session);
}

/** Nothing is searched any more. */
export function endSearch(session: DumpSession): void {
  session.searchAbort?.abort();
  const { onlyHits } = session.store.getState();
  session.store.setState({ search: noSearch, hits: [], hit: null, onlyHits: false });
  if (onlyHits) void listEntries(session);
}

/** Reads where the hits are in the entry chosen, and goes to its first or last one where that is wanted. */
export async function readHits(session: DumpSession): Promise<void> {
  const { store, hostId } = session;
  const { chosen, search } = store.getState();
  const searchId = search.progress?.searchId;
  if (chosen === null || searchId === undefined) return;
  const { position } = chosen;
  const answer = await api()
    ['dumps.hits']({ hostId, searchId, position })
    .catch(() => null);
  if (answer === null || store.getState().chosen?.position !== position) return;
  const { hits } = answer;
  const wanted = session.hitWanted;
  if (wanted === null || wanted.from === position) return store.setState({ hits });
  session.hitWanted = null;
  store.setState({ hits, hit: hits.length === 0 ? null : wanted.side === 'first' ? 0 : hits.length - 1 });
}

/** The next hit in the output, or else the next entry that has one. */
export async function goToHit(session: DumpSession, step: 1 | -1): Promise<void> {
  const { store } = session;
  const state = store.getState();
  const searchId = state.search.progress?.searchId;
  if (searchId === undefined) return;
  const next = state.hit === null ? (step > 0 ? 0 : state.hits.length - 1) : state.hit + step;
  if (next >= 0 && next < state.hits.length) {
    store.setState({ hit: next });
    return;
  }
  const among = { ...listFilter(state), searchId };
  const from = state.chosen?.position ?? -1;
  session.hitWanted = { side: step > 0 ? 'first' : 'last', from };
  const found = await goTo(session, step > 0 ? { after: from } : { before: from }, among);
  if (found) return;
  session.hitWanted = null;
  if (store.getState().search.running) toast('No further hit so far: the search goes on.');
  else toast(step > 0 ? 'There is no further hit in this list.' : 'There is no earlier hit in this list.');
}
