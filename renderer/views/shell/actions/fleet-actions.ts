import type { Host } from '../../../../main/contract/hosts.ts';
import { openRun } from '../../../state/command-runs.ts';
import { openDialog } from '../../../state/dialogs.ts';
import { keptHosts } from '../../../state/fleet-labels.ts';
import { chooseShape, layoutStore, switchGrouped } from '../../../state/fleet-layout.ts';
import { selectionStore } from '../../../state/fleet-selection.ts';
import { linkStore } from '../../../state/link.ts';
import { routeStore } from '../../../state/route.ts';
import type { Action } from './action.ts';

function onFleet(): boolean {
  return routeStore.getState().route.view === 'fleet';
}

function selectedHosts(): Host[] {
  return keptHosts(selectionStore.getState().ids);
}

function otherShape(): 'list' | 'grid' {
  return layoutStore.getState().shape === 'list' ? 'grid' : 'list';
}

export const fleetActions: readonly Action[] = [
  {
    id: 'fleet.shape',
    group: 'Fleet',
    title: 'Show the fleet as a list or as a grid',
    titleNow: () => `Show the fleet as a ${otherShape()}`,
    keys: ['v'],
    when: onFleet,
    run: () => chooseShape(otherShape()),
  },
  {
    id: 'fleet.groups',
    group: 'Fleet',
    title: 'Show the fleet in groups, or without',
    titleNow: () => `Show the fleet ${layoutStore.getState().grouped ? 'without' : 'in'} groups`,
    keys: [],
    when: onFleet,
    run: switchGrouped,
  },
  {
    id: 'fleet.run',
    group: 'Fleet',
    title: 'Run a command on the hosts selected',
    keys: ['r'],
    when: () => onFleet() && !linkStore.getState().lost && selectedHosts().length > 0,
    run: () => openRun(selectedHosts()),
  },
  {
    id: 'fleet.record',
    group: 'Fleet',
    title: 'Record the hosts selected',
    keys: [],
    when: () => onFleet() && !linkStore.getState().lost && selectedHosts().length > 0,
    run: () => openDialog({ kind: 'record', hostIds: selectedHosts().map(({ id }) => id) }),
  },
];
