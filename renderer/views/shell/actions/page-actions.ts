import { openDialog } from '../../../state/dialogs.ts';
import { go, routeStore } from '../../../state/route.ts';
import { toastStore } from '../../../state/toasts.ts';
import { lastUndoable, undoLast } from '../../../state/undo.ts';
import { type Action, always } from './action.ts';

/** The field that `/` goes to, by the view that it is in. */
const searchFields: Readonly<Record<string, string>> = {
  fleet: 'fleet-filter',
  dump: 'dump-search',
  settings: 'settings-filter',
};

function searchField(): HTMLElement | null {
  const { view } = routeStore.getState().route;
  const id = searchFields[view];
  return id === undefined ? null : document.getElementById(id);
}

export const goActions: readonly Action[] = [
  {
    id: 'go.palette',
    group: 'Go to',
    title: 'Any host, view or action, by its name',
    keys: ['Ctrl K'],
    when: always,
    run: () => openDialog({ kind: 'palette' }),
  },
  { id: 'go.fleet', group: 'Go to', title: 'Fleet', keys: ['g f'], when: always, run: () => go({ view: 'fleet' }) },
  {
    id: 'go.diagnostics',
    group: 'Go to',
    title: 'Diagnostics',
    keys: ['g d'],
    when: always,
    run: () => go({ view: 'diagnostics' }),
  },
  {
    id: 'go.settings',
    group: 'Go to',
    title: 'Settings',
    keys: ['g s'],
    when: always,
    run: () => go({ view: 'settings' }),
  },
  {
    id: 'go.filter',
    group: 'Go to',
    title: 'The filter of the fleet or of the settings, or the search of a dump',
    keys: ['/'],
    when: () => searchField() !== null,
    run: () => searchField()?.focus(),
  },
  {
    id: 'go.results',
    group: 'Go to',
    title: 'The newest result told below',
    keys: ['t'],
    when: () => toastStore.getState().toasts.length > 0,
    run: () => document.querySelector<HTMLElement>('.toasts-region:not(:empty) .toast:last-child button')?.focus(),
  },
];

export const pageActions: readonly Action[] = [
  {
    id: 'page.add-host',
    group: 'Rackside',
    title: 'Add a host',
    keys: ['a'],
    when: always,
    run: () => openDialog({ kind: 'add', editHostId: null }),
  },
  {
    id: 'page.undo',
    group: 'Rackside',
    title: 'Undo what was removed, closed or let go of last',
    titleNow: () => `Undo ${lastUndoable()?.what ?? ''}`,
    keys: ['z', 'Ctrl Z'],
    when: () => lastUndoable() !== null,
    run: () => void undoLast(),
  },
  {
    id: 'page.keys',
    group: 'Rackside',
    title: 'All keys',
    keys: ['?'],
    when: always,
    run: () => openDialog({ kind: 'keys' }),
  },
  {
    id: 'page.first-steps',
    group: 'Rackside',
    title: 'First steps',
    keys: [],
    when: always,
    run: () => openDialog({ kind: 'first-steps' }),
  },
  {
    id: 'page.about',
    group: 'Rackside',
    title: 'About Rackside',
    keys: [],
    when: always,
    run: () => openDialog({ kind: 'about' }),
  },
];
