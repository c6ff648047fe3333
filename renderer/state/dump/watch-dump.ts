import type { DumpStatus } from '../../../main/contract/dumps.ts';
import { api, faultOf, link } from '../../api/rackside.ts';
import { toast, toastFault } from '../toasts.ts';
import { listEntries } from './dump-list.ts';
import { readNotes } from './dump-notes.ts';
import { type DumpSession, listFilter, noSearch } from './dump-session.ts';
import { isFiltering } from './filter-chips.ts';

/** Steps of the timeline: about one for three pixels of a wide window. */
const timelineSteps = 480;
/** A dump that comes in is listed and drawn again after such a pause, and one that takes long to draw more seldom. */
const leastPauseMs = 400;
const pauseTimes = 4;

/** Keeps a dump's view at what the dump says of itself, until the signal aborts. */
export function watchDump(session: DumpSession, signal: AbortSignal): void {
  const { hostId, store } = session;
  const reread = createPaced(() => readGrown(session), signal);
  void link.follow(
    (client, streamSignal) => client['dumps.status']({ hostId }, streamSignal),
    signal,
    (status) => {
      const before = store.getState().status;
      store.setState({ status, fault: status.phase === 'failed' ? status.fault : null });
      if (before !== null && before.revision !== status.revision)
        exchanged(session, before.sizesTrusted && !status.sizesTrusted);
      if (hasGrown(before, status)) reread();
    },
    (fault) => store.setState({ fault }),
  );
  if (session.pages === null) void listEntries(session);
  void readNotes(session);
}

function hasGrown(before: DumpStatus | null, status: DumpStatus): boolean {
  return before !== null && (before.entries !== status.entries || before.phase !== status.phase);
}

/** Positions from before mean nothing now, and neither does what was found by them. */
function exchanged(session: DumpSession, isMistrusted: boolean): void {
  session.searchAbort?.abort();
  session.pendingIndex = null;
  session.store.setState({
    ...{ chosen: null, chosenIndex: null, compared: null, hits: [], hit: null, sample: null, sampleText: null },
    ...{ editing: null, search: noSearch, onlyHits: false },
  });
  toast(
    isMistrusted
      ? 'The sizes in this dump are wrong: it was read anew, by the heads of its entries.'
      : 'The file was cut short: this is what it holds now.',
  );
  void listEntries(session);
  void readNotes(session);
}

async function readGrown(session: DumpSession): Promise<void> {
  session.pages?.refresh();
  if (isFiltering(listFilter(session.store.getState()))) session.store.setState({ failures: null });
  await readSummaries(session);
}

/**
 * Reads the timeline anew, and the table of commands where it is looked at, for the filter as it is; after the rows,
 * because the thread of a dump answers one call after the other.
 */
export async function readSummaries(session: DumpSession): Promise<void> {
  const { hostId, store } = session;
  await session.listed;
  const state = store.getState();
  const filter = listFilter(state);
  // The timeline shows all of the time, with the span that is looked at marked in it.
  const { from: _from, to: _to, ...whenever } = filter;
  try {
    const timeline = await api()['dumps.timeline']({ hostId, filter: whenever, steps: timelineSteps });
    if (sameFilter(store.getState(), state)) store.setState({ timeline });
    if (!isFiltering(whenever)) store.setState({ failures: timeline.failures.reduce((all, count) => all + count, 0) });
    if (state.tab !== 'commands' && filter.commands === undefined) return;
    const { commands } = await api()['dumps.commands']({ hostId, filter });
    if (sameFilter(store.getState(), state)) store.setState({ commands });
  } catch (error) {
    // What is not known stays so: a table without rows would say that nothing passes.
    const fault = faultOf(error);
    if (fault.code !== 'disconnected') toastFault('Summaries', fault);
  }
}

type Filtered = Parameters<typeof listFilter>[0];

function sameFilter(a: Filtered, b: Filtered): boolean {
  return JSON.stringify(listFilter(a)) === JSON.stringify(listFilter(b));
}

/** Calls something at once, and then again after a pause for as often as it was wanted meanwhile: once. */
function createPaced(run: () => Promise<void>, signal: AbortSignal): () => void {
  let busy = false;
  let wanted = false;
  return function ask(): void {
    wanted = true;
    if (busy || signal.aborted) return;
    busy = true;
    wanted = false;
    const began = performance.now();
    void run().finally(() => {
      setTimeout(
        () => {
          busy = false;
          if (wanted) ask();
        },
        Math.max(leastPauseMs, pauseTimes * (performance.now() - began)),
      );
    });
  };
}
