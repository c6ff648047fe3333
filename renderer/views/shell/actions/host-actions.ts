import type { HostView } from '../../../../main/contract/hosts.ts';
import {
  canRecord,
  ringWords,
  saveRing,
  startRecording,
  toggleRecording,
  usualMinutes,
} from '../../../state/capture.ts';
import { openRun } from '../../../state/command-runs.ts';
import { openDialog } from '../../../state/dialogs.ts';
import { askNow, isOff, newestFast, processSource, shownHost, toggleConnection } from '../../../state/host-commands.ts';
import { linkStore } from '../../../state/link.ts';
import { showThresholdsOf } from '../../../state/own-thresholds.ts';
import { focusIndex, hasIndex } from '../../../state/page-parts.ts';
import { closeReplay, removeHosts } from '../../../state/remove-hosts.ts';
import { go } from '../../../state/route.ts';
import type { Action } from './action.ts';

/** An action on the host that is shown, where that is one that `fits` and Rackside is there to do it. */
function onHost(
  action: Pick<Action, 'id' | 'title' | 'keys'> & { titleNow?(view: HostView): string },
  fits: (view: HostView) => boolean,
  run: (view: HostView) => unknown,
): Action {
  const { id, title, keys, titleNow } = action;
  const fitting = () => {
    const view = shownHost();
    return view !== null && !linkStore.getState().lost && fits(view) ? view : null;
  };
  return {
    id,
    title,
    keys,
    group: 'This host',
    titleNow: () => {
      const view = fitting();
      return view === null ? title : (titleNow?.(view) ?? title);
    },
    when: () => fitting() !== null,
    run: () => {
      const view = fitting();
      if (view !== null) run(view);
    },
  };
}

const isReplay = ({ connection }: HostView): boolean => connection.state === 'replay';
const isKept = (view: HostView): boolean => !isReplay(view);

export const hostActions: readonly Action[] = [
  onHost(
    { id: 'host.processes', title: 'Processes of the host shown', keys: ['p'] },
    (view) => processSource(view, newestFast(view)).listed,
    (view) => {
      const { at } = processSource(view, newestFast(view));
      openDialog({ kind: 'processes', hostId: view.host.id, at, by: 'cpu' });
    },
  ),
  onHost({ id: 'host.parts', title: 'Parts of the page: how each is', keys: ['i'] }, hasIndex, focusIndex),
  onHost(
    {
      id: 'host.record',
      title: 'Record what the host says, or stop',
      keys: [],
      titleNow: ({ recording }) => (recording === null ? 'Record what the host says' : 'Stop recording'),
    },
    (view) => isKept(view) && canRecord(view),
    toggleRecording,
  ),
  onHost(
    { id: 'host.record-minutes', title: `Record the host shown for ${usualMinutes} minutes`, keys: [] },
    (view) => isKept(view) && view.recording === null && canRecord(view),
    ({ host }) => startRecording(host.id, usualMinutes),
  ),
  onHost(
    { id: 'host.record-to', title: 'Record the host shown elsewhere, or for another time', keys: [] },
    (view) => isKept(view) && view.recording === null && canRecord(view),
    ({ host }) => openDialog({ kind: 'record', hostIds: [host.id] }),
  ),
  onHost(
    {
      id: 'host.save-ring',
      title: 'Save the last minutes of the host shown as a dump',
      keys: [],
      titleNow: ({ ring }) => `Save the last ${ring === null ? 'minutes' : ringWords(ring)} as a dump`,
    },
    ({ ring }) => ring !== null,
    saveRing,
  ),
  onHost(
    { id: 'host.open-dump', title: 'Open a dump that lies on the host shown …', keys: [] },
    ({ connection }) => connection.state === 'live',
    ({ host }) => openDialog({ kind: 'host-dump', hostId: host.id }),
  ),
  onHost({ id: 'host.run', title: 'Run a command on the host shown', keys: ['x'] }, isKept, ({ host }) =>
    openRun([host]),
  ),
  onHost(
    { id: 'host.ask', title: 'Ask the host shown for everything now', keys: ['u'] },
    ({ connection }) => connection.state === 'live',
    askNow,
  ),
  onHost({ id: 'host.connect', title: 'Connect', keys: [] }, (view) => isKept(view) && isOff(view), toggleConnection),
  onHost(
    { id: 'host.disconnect', title: 'Disconnect', keys: [] },
    (view) => isKept(view) && !isOff(view),
    toggleConnection,
  ),
  onHost({ id: 'host.edit', title: 'Edit the host shown', keys: ['e'] }, isKept, ({ host }) =>
    openDialog({ kind: 'add', editHostId: host.id }),
  ),
  onHost({ id: 'host.thresholds', title: 'Thresholds of the host shown', keys: [] }, isKept, ({ host }) => {
    showThresholdsOf({ scope: 'host', name: host.name });
    go({ view: 'settings' });
  }),
  onHost({ id: 'host.remove', title: 'Remove the host shown', keys: [] }, isKept, ({ host }) => removeHosts([host.id])),
  onHost({ id: 'replay.close', title: 'Close the replay shown', keys: [] }, isReplay, ({ host }) =>
    closeReplay(host.id),
  ),
];
