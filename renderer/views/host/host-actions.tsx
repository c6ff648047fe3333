import type { HostView } from '../../../main/contract/hosts.ts';
import { api } from '../../api/rackside.ts';
import { Icon } from '../../parts/icon.tsx';
import { IconButton } from '../../parts/icon-button.tsx';
import { openDialog } from '../../state/dialogs.ts';
import { useLost } from '../../state/link.ts';
import { tellRecorded } from '../../state/recorded.ts';
import { closeReplay, removeHosts } from '../../state/remove-hosts.ts';
import { told } from '../../state/toasts.ts';

/** What can be done with a host; each button stands in its place whatever the state is. */
export function HostActions({ view }: { view: HostView }) {
  const { host, connection, recording } = view;
  // A page that lost Rackside can do none of this, and does not offer it.
  const lost = useLost();
  const hostId = host.id;
  if (connection.state === 'replay') {
    return (
      <div className="view-actions">
        <button type="button" className="button" disabled={lost} onClick={() => void closeReplay(hostId)}>
          Close replay
        </button>
      </div>
    );
  }
  const record = async () => {
    if (recording === null) {
      await told('Record', api()['dumps.record']({ hostId }));
    } else {
      const ended = await told('Stop recording', api()['dumps.stop']({ hostId }));
      if (ended !== null) tellRecorded(ended);
    }
  };
  const off = connection.state === 'stopped' || connection.state === 'waiting';
  return (
    <div className="view-actions">
      <button
        type="button"
        className={recording === null ? 'button button-record' : 'button button-record recording'}
        disabled={lost || (recording === null && connection.state !== 'live')}
        onClick={() => void record()}
      >
        <Icon name={recording === null ? 'record' : 'stop'} filled />
        {recording === null ? 'Record' : 'Stop recording'}
      </button>
      <button
        type="button"
        className="button button-connect"
        disabled={lost}
        onClick={() =>
          void told(off ? 'Connect' : 'Disconnect', api()[off ? 'hosts.connect' : 'hosts.disconnect']({ hostId }))
        }
      >
        <Icon name={off ? 'retry' : 'plug'} />
        {connection.state === 'waiting' ? 'Try again' : off ? 'Connect' : 'Disconnect'}
      </button>
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
