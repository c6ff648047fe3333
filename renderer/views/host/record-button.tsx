import type { HostView } from '../../../main/contract/hosts.ts';
import { Icon } from '../../parts/icon.tsx';
import { Menu, type MenuItem } from '../../parts/menu.tsx';
import { canRecord, ringWords, saveRing, startRecording, stopRecording, usualMinutes } from '../../state/capture.ts';
import { openDialog } from '../../state/dialogs.ts';
import { useLost } from '../../state/link.ts';
import { go } from '../../state/route.ts';

/** Begins a recording, saves what was before, or stops the recording that runs. */
export function RecordButton({ view }: { view: HostView }) {
  // A page that lost Rackside can do none of this, and does not offer it.
  const lost = useLost();
  const { host, recording, ring } = view;
  if (recording !== null) {
    return (
      <button
        type="button"
        className="button button-record recording"
        disabled={lost}
        onClick={() => void stopRecording(host.id)}
      >
        <Icon name="stop" filled />
        Stop recording
      </button>
    );
  }
  const off = !canRecord(view);
  const items: MenuItem[] = [
    { label: 'Until stopped', disabled: off, run: () => void startRecording(host.id, null) },
    {
      label: `For ${usualMinutes} minutes`,
      disabled: off,
      run: () => void startRecording(host.id, usualMinutes),
    },
    {
      label: 'Elsewhere, or for another time …',
      disabled: off,
      run: () => openDialog({ kind: 'record', hostIds: [host.id] }),
    },
    ring === null
      ? {
          label: 'Keep the last minutes …',
          detail: 'Off. Settings, Recording: then what was can be saved.',
          run: () => go({ view: 'settings' }),
        }
      : {
          label: `Save the last ${ringWords(ring)}`,
          detail: 'As a dump, out of memory',
          run: () => void saveRing(view),
        },
  ];
  return (
    <Menu className="button button-record" disabled={lost} items={items}>
      <Icon name="record" filled />
      Record
    </Menu>
  );
}
