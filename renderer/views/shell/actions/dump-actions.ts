import { moveBy } from '../../../state/dump/dump-list.ts';
import { compareWithRun, goToFailure, goToHost, goToRun, markForCompare } from '../../../state/dump/dump-moves.ts';
import { bookmark } from '../../../state/dump/dump-notes.ts';
import { goToHit } from '../../../state/dump/dump-search.ts';
import { type DumpSession, type DumpView, dumpSession } from '../../../state/dump/dump-session.ts';
import { shownHost } from '../../../state/host-commands.ts';
import { go, routeStore } from '../../../state/route.ts';
import type { Action } from './action.ts';

export function shownDump(): DumpSession | null {
  const { route } = routeStore.getState();
  return route.view === 'dump' ? dumpSession(route.hostId) : null;
}

/** An action on the dump that is shown, where it `fits` what is looked at there. */
function onDump(
  id: string,
  title: string,
  keys: readonly string[],
  run: (session: DumpSession) => unknown,
  fits: (view: DumpView) => boolean = () => true,
): Action {
  const fitting = () => {
    const session = shownDump();
    return session !== null && fits(session.store.getState()) ? session : null;
  };
  return {
    id,
    group: 'This dump',
    page: 'dump',
    title,
    keys,
    when: () => fitting() !== null,
    run: () => {
      const session = fitting();
      if (session !== null) run(session);
    },
  };
}

const hasChosen = ({ chosen }: DumpView): boolean => chosen !== null;
const hasHits = ({ search }: DumpView): boolean => (search.progress?.entries ?? 0) > 0;

function focusOn(id: string): void {
  document.getElementById(id)?.focus();
}

export const dumpActions: readonly Action[] = [
  {
    id: 'dump.commands',
    group: 'This host',
    title: 'All commands of the replay shown',
    keys: ['c'],
    when: () => shownHost()?.connection.state === 'replay',
    run: () => {
      const view = shownHost();
      if (view !== null) go({ view: 'dump', hostId: view.host.id });
    },
  },
  onDump('dump.host', "The host's page at this instant", ['h'], goToHost),
  onDump('dump.down', 'The next entry', ['j'], (session) => moveBy(session, 1)),
  onDump('dump.up', 'The entry before', ['k'], (session) => moveBy(session, -1)),
  onDump(
    'dump.run-before',
    'The run of the same command before',
    ['['],
    (session) => goToRun(session, 'previous'),
    hasChosen,
  ),
  onDump('dump.run-next', 'The next run of the same command', [']'], (session) => goToRun(session, 'next'), hasChosen),
  onDump('dump.failure-before', 'The failure before', ['{'], (session) => goToFailure(session, 'previous')),
  onDump('dump.failure-next', 'The next failure', ['}'], (session) => goToFailure(session, 'next')),
  onDump('dump.hit-next', 'The next hit of the search', ['n', 'F3'], (session) => goToHit(session, 1), hasHits),
  onDump('dump.hit-before', 'The hit of the search before', ['N'], (session) => goToHit(session, -1), hasHits),
  onDump('dump.bookmark', 'Bookmark the entry, or write its note', ['b'], bookmark, hasChosen),
  onDump('dump.diff', 'Difference to the run before, or back', ['d'], toggleDiff, hasChosen),
  onDump('dump.mark', 'Mark the entry, to compare another with it', ['m'], markForCompare, hasChosen),
  onDump('dump.wrap', 'Fold long lines of the output, or not', ['w'], ({ store }) =>
    store.setState(({ wrap }) => ({ wrap: !wrap })),
  ),
  onDump('dump.time', 'Go to a time', ['g t'], () => focusOn('dump-time')),
  onDump('dump.search', 'Search in all outputs', ['Ctrl F'], () => focusOn('dump-search')),
  onDump('dump.filter', 'Filter by command', ['f'], () => focusOn('dump-filter')),
];

function toggleDiff(session: DumpSession): void {
  if (session.store.getState().compared === null) void compareWithRun(session, 'previous');
  else session.store.setState({ compared: null });
}
