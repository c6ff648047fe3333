import type { Action, LocalKeys } from './action.ts';
import { dumpActions } from './dump-actions.ts';
import { fleetActions } from './fleet-actions.ts';
import { hostActions } from './host-actions.ts';
import { goActions, pageActions } from './page-actions.ts';
import { playbackActions } from './playback-actions.ts';
import { shareActions } from './share-actions.ts';
import { viewActions } from './view-actions.ts';

/** Everything that can be done from anywhere. */
export const actions: readonly Action[] = [
  ...hostActions,
  ...playbackActions,
  ...dumpActions,
  ...shareActions,
  ...fleetActions,
  ...goActions,
  ...viewActions,
  ...pageActions,
];

export const localKeys: readonly LocalKeys[] = [
  { where: 'In the list of hosts', keys: ['↑', '↓', 'Enter'], title: 'Move, and open the host' },
  {
    where: 'In the list of hosts',
    keys: ['Space', 'Ctrl A'],
    title: 'Select a host, or all; with Shift those on the way',
  },
  { where: 'In the list of hosts', keys: ['←', '→'], title: 'Close a group, open it' },
  { where: 'On a chart', keys: ['←', '→'], title: 'Move the time cursor; with Shift faster' },
  { where: 'On a chart', keys: ['Enter'], title: 'Hold the instant, and offer its processes' },
  { where: 'On a chart', keys: ['+', '−', '0'], title: 'Zoom in, out, reset; dragging zooms too' },
  { where: 'On a chart', keys: ['s'], title: 'Begin a selection at the cursor, and zoom to it' },
  { where: 'On a chart', keys: ['PgUp', 'PgDn'], title: 'Earlier, later' },
  { where: 'On a chart', keys: ['↑', '↓'], title: 'On the cores: which of them is told of' },
  { where: 'On a number', keys: ['Enter'], title: 'Where it comes from, as ? does: the command and its raw bytes' },
  { where: 'On a number', keys: ['←', '→', '↑', '↓'], title: 'The other numbers of the section' },
  { where: 'In where a number comes from', dialog: true, keys: ['n', 'N'], title: 'The next used bytes, those before' },
  { where: 'In processes', dialog: true, keys: ['/'], title: 'Search by name, command line, user or PID' },
  { where: 'In processes', dialog: true, keys: ['↑', '↓', 'Enter'], title: 'Move in the rows, and open one' },
  { where: 'In past processes', dialog: true, keys: ['←', '→'], title: 'The sample before, the next one' },
  { where: 'In the entries of a dump', keys: ['↑', '↓', 'PgUp', 'PgDn', 'Home', 'End'], title: 'Move in the list' },
  { where: 'In the entries of a dump', keys: ['Enter'], title: 'To the output' },
  { where: 'On the timeline of a dump', keys: ['←', '→', 'PgUp', 'PgDn'], title: 'Earlier, later' },
  {
    where: 'Anywhere',
    keys: ['Esc'],
    title: 'Close the dialog, let go of the cursor, dismiss a result, cancel a search',
  },
];
