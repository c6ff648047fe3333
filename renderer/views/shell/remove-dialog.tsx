import { visible } from '../../../main/domain/present/words.ts';
import { api } from '../../api/rackside.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { useHostView } from '../../state/fleet.ts';
import { go } from '../../state/route.ts';
import { toast, told } from '../../state/toasts.ts';

/** Removing loses the host's history, so it is asked once; closing a replay loses nothing. */
export function RemoveDialog({ hostId, onClose }: { hostId: string; onClose: () => void }) {
  const view = useHostView(hostId);
  if (view === undefined) return null;
  const replay = view.host.target.transport === 'replay';
  const name = visible(view.host.name, 120);
  const remove = async () => {
    onClose();
    const done = await told(`Remove ${name}`, api()['hosts.remove']({ hostId }));
    if (done === null) return;
    go({ view: 'fleet' });
    toast(replay ? `${name} is closed.` : `${name} is removed.`);
  };
  return (
    <Dialog title={replay ? `Close ${name}?` : `Remove ${name}?`} size="small" onClose={onClose}>
      <p>
        {replay
          ? 'The dump itself stays where it is.'
          : 'Rackside forgets this host and everything it has stored of it. Nothing on the host changes; dumps stay.'}
      </p>
      <div className="actions">
        <button type="button" className="button button-danger" onClick={() => void remove()}>
          {replay ? 'Close replay' : 'Remove host'}
        </button>
        <button type="button" className="button" data-first onClick={onClose}>
          Cancel
        </button>
      </div>
    </Dialog>
  );
}
