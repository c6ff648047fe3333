import type { EntryFilter } from '../../../main/contract/dump-entries.ts';
import { cursorInstant, cursorStore } from '../cursor.ts';
import { type DumpView, dumpSession, listFilter } from '../dump/dump-session.ts';
import { fleetStore } from '../fleet.ts';
import { rangeStore, type Span } from '../range.ts';
import { replayStore } from '../replay.ts';
import { hostOfRoute, routeStore } from '../route.ts';

/** What was looked at in a dump when somebody wanted to hand a part of it on. */
export interface ShareSubject {
  readonly hostId: string;
  /** Where the dump was opened, as it was named. */
  readonly path: string;
  /** Of the list of entries; without anything where it shows all. */
  readonly filter: EntryFilter;
  /** The time that was chosen or shown; null where that is all of it. */
  readonly span: Span | null;
  /** The instant that the page spoke of; null where the dump has none. */
  readonly at: number | null;
}

/** The dump that is on screen, on its own page or on its host's; null where none is. */
export function shownReplay(): string | null {
  const hostId = hostOfRoute(routeStore.getState().route);
  const view = hostId === null ? undefined : fleetStore.getState().views[hostId];
  return view?.connection.state === 'replay' ? hostId : null;
}

/** What is looked at now in that dump. */
export function shareSubject(hostId: string): ShareSubject {
  const onDump = routeStore.getState().route.view === 'dump';
  const { target } = fleetStore.getState().views[hostId]?.host ?? {};
  const replay = replayStore.getState();
  const view = dumpSession(hostId).store.getState();
  const status = (onDump || replay.hostId !== hostId ? view.status : replay.status) ?? view.status;
  const filter = listFilter(view);
  return {
    hostId,
    path: status?.path ?? (target?.transport === 'replay' ? target.path : ''),
    filter,
    span: onDump ? spanOfList(view, filter) : rangeStore.getState().zoom,
    at: cursorInstant(cursorStore.getState()) ?? (onDump ? view.chosen?.at : null) ?? status?.last ?? null,
  };
}

/** What was brushed, or else the time of the rows in view. */
function spanOfList({ status, seen }: DumpView, { from, to }: EntryFilter): Span | null {
  if (from === undefined && to === undefined) return seen;
  return { from: from ?? status?.first ?? 0, to: to ?? status?.last ?? from ?? 0 };
}
