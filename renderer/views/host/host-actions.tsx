import type { HostView } from '../../../main/contract/hosts.ts';
import { Icon } from '../../parts/icon.tsx';
import { IconButton } from '../../parts/icon-button.tsx';
import { openRun } from '../../state/command-runs.ts';
import { openDialog } from '../../state/dialogs.ts';
import { askNow, isOff, toggleConnection } from '../../state/host-commands.ts';
import { useLost } from '../../state/link.ts';
import { closeReplay, removeHosts } from '../../state/remove-hosts.ts';
import { openShare } from '../../state/share/open-share.ts';
import { RecordButton } from './record-button.tsx';

/** What can be done with a host; each button stands in its place whatever the state is. */
export function HostActions({ view }: { view: HostView }) {
  const { host, connection } = view;
  // A page that lost Rackside can do none of this, and does not offer it.
  const lost = useLost();
  const hostId = host.id;
  if (connection.state === 'replay') {
    return (
      <div className="view-actions">
        <button
          type="button"
          className="button"
          title="A part of the dump for somebody else (X)"
          disabled={lost}
          onClick={() => openShare(hostId, 'part')}
        >
          <Icon name="save" />
          Export …
        </button>
        <button type="button" className="button" disabled={lost} onClick={() => void closeReplay(hostId)}>
          Close replay
        </button>
      </div>
    );
  }
  const off = isOff(view);
  return (
    <div className="view-actions">
      <RecordButton view={view} />
      <button
        type="button"
        className="button button-connect"
        disabled={lost}
        onClick={() => void toggleConnection(view)}
      >
        <Icon name={off ? 'retry' : 'plug'} />
        {connection.state === 'waiting' ? 'Try again' : off ? 'Connect' : 'Disconnect'}
      </button>
      <IconButton
        icon="retry"
        label="Ask for everything now (U)"
        disabled={lost || connection.state !== 'live'}
        onClick={() => void askNow(view)}
      />
      <IconButton icon="terminal" label="Run a command …" disabled={lost} onClick={() => openRun([host])} />
      <IconButton
        icon="edit"
        label="Edit host"
        disabled={lost}
        onClick={() => openDialog({ kind: 'add', editHostId: hostId })}
      />
      <IconButton icon="trash" label="Remove host" disabled={lost} onClick={() => void removeHosts([hostId])} />
    </div>
  );
}
