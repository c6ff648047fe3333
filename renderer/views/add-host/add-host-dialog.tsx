import { useState } from 'react';
import type { Connection, HostDraft, Target } from '../../../main/contract/hosts.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { api } from '../../api/rackside.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { type Tab, Tabs } from '../../parts/tabs.tsx';
import { fleetStore, useHostView } from '../../state/fleet.ts';
import { go } from '../../state/route.ts';
import { told } from '../../state/toasts.ts';
import { CandidateList } from './candidate-list.tsx';
import { ConnectProgress } from './connect-progress.tsx';
import { HostForm } from './host-form.tsx';
import { ImportForm } from './import-form.tsx';
import { NameForm } from './name-form.tsx';

interface AddHostDialogProps {
  /** A host that is there already and is to be changed; null: a new one. */
  readonly editHostId: string | null;
  readonly onClose: () => void;
}

type Page = 'config' | 'form' | 'file' | 'progress';

const sources: readonly Tab<Page>[] = [
  { id: 'config', label: 'From ~/.ssh/config' },
  { id: 'form', label: 'By hand' },
  { id: 'file', label: 'From a file' },
];

/** From an address to first gauges: choose, check, watch the steps. */
export function AddHostDialog({ editHostId, onClose }: AddHostDialogProps) {
  const [page, setPage] = useState<Page>(editHostId === null ? 'config' : 'form');
  const [hostId, setHostId] = useState<string | null>(editHostId);
  const [busy, setBusy] = useState(false);
  const host = hostId === null ? null : (fleetStore.getState().views[hostId]?.host ?? null);
  const view = useHostView(hostId ?? '');
  const state = view?.connection.state;

  async function submit(draft: HostDraft): Promise<void> {
    setBusy(true);
    const call = hostId === null ? api()['hosts.add'](draft) : api()['hosts.update']({ ...draft, hostId });
    const saved = await told(hostId === null ? 'Add host' : 'Edit host', call);
    setBusy(false);
    if (saved === null) return;
    // Another name, or nothing at all: there are no steps to watch.
    if (host !== null && state === 'live' && sameTarget(host.target, saved.target)) return onClose();
    setHostId(saved.id);
    setPage('progress');
  }

  async function addAll(drafts: readonly HostDraft[]): Promise<void> {
    setBusy(true);
    for (const draft of drafts) {
      // What stands in the way of one stands in the way of the others.
      if ((await told('Add hosts', api()['hosts.add'](draft))) === null) break;
    }
    onClose();
    go({ view: 'fleet' });
  }

  const choosing = page !== 'progress' && hostId === null;
  return (
    <Dialog
      title={
        hostId === null
          ? 'Add host'
          : page === 'form'
            ? 'Edit host'
            : progressTitle(visible(view?.host.name ?? '', 60), state)
      }
      onClose={onClose}
    >
      {choosing && <Tabs name="Where from" tabs={sources} current={page} onChoose={setPage} />}
      {page === 'config' && (
        <CandidateList
          busy={busy}
          onChoose={(draft) => void submit(draft)}
          onChooseAll={(drafts) => void addAll(drafts)}
          onByHand={() => {
            setPage('form');
            document.getElementById('tab-form')?.focus();
          }}
        />
      )}
      {page === 'form' && host?.target.transport === 'local' && (
        <NameForm host={host} busy={busy} onSubmit={(draft) => void submit(draft)} />
      )}
      {page === 'form' && host?.target.transport !== 'local' && (
        <HostForm host={host} busy={busy} onSubmit={(draft) => void submit(draft)} />
      )}
      {page === 'file' && <ImportForm onDone={onClose} />}
      {page === 'progress' && hostId !== null && (
        <ConnectProgress hostId={hostId} onEdit={() => setPage('form')} onClose={onClose} />
      )}
    </Dialog>
  );
}

function sameTarget(a: Target, b: Target): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function progressTitle(name: string, state: Connection['state'] | undefined): string {
  if (state === 'asking') return `${name} needs you`;
  return state === 'stopped' || state === 'waiting' ? `${name} is not connected` : `Connecting to ${name}`;
}
