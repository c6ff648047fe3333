import { useEffect, useState } from 'react';
import { visible } from '../../../main/domain/present/words.ts';
import { api } from '../../api/rackside.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { useHostView } from '../../state/fleet.ts';
import { useExport } from '../../state/share/export-run.ts';
import { firstChoices, type ShareChoices } from '../../state/share/share-choices.ts';
import { isWholePath } from '../../state/share/share-names.ts';
import type { ShareSubject } from '../../state/share/share-subject.ts';
import { ExportEnd } from './export-end.tsx';
import { PartForm } from './part-form.tsx';
import { ReportForm } from './report-form.tsx';

const tabs = [
  { id: 'part', label: 'Part of the dump' },
  { id: 'report', label: 'Report of a moment' },
] as const;

interface ShareDialogProps {
  readonly subject: ShareSubject;
  readonly tab: 'part' | 'report';
  readonly onClose: () => void;
}

/** Hands something of a dump to somebody else: a part as a dump, or a moment as a page. */
export function ShareDialog({ subject, tab, onClose }: ShareDialogProps) {
  const [current, setCurrent] = useState(tab);
  const [choices, setChoices] = useState(() => firstChoices(subject));
  const folder = useDumpFolder(subject);
  const name = visible(useHostView(subject.hostId)?.host.name ?? 'the dump', 120);
  const run = useExport(subject.hostId);
  const change = (changed: Partial<ShareChoices>) => setChoices((before) => ({ ...before, ...changed }));
  const form = { subject, choices, folder, onChange: change, onClose };
  return (
    <Dialog
      title={`Export from ${name}`}
      description="Writes a part of the dump, or a moment of it, for somebody else."
      size="large"
      onClose={onClose}
    >
      <Tabs name="What is exported" tabs={tabs} current={current} onChoose={setCurrent} />
      <div role="tabpanel" aria-labelledby={`tab-${current}`} className="share-panel">
        {current === 'report' && <ReportForm {...form} />}
        {current === 'part' && (run === null || run.state === 'failed' || run.state === 'cancelled') && (
          <PartForm {...form} run={run} />
        )}
        {current === 'part' && run !== null && (run.state === 'running' || run.state === 'done') && (
          <ExportEnd hostId={subject.hostId} run={run} onClose={onClose} />
        )}
      </div>
    </Dialog>
  );
}

/** Where dumps go by themselves, for one that does not lie on the console's machine; empty until it is known. */
function useDumpFolder({ path }: ShareSubject): string {
  const [folder, setFolder] = useState('');
  const isElsewhere = !isWholePath(path);
  useEffect(() => {
    if (!isElsewhere) return;
    const abort = new AbortController();
    api()
      ['console.about']({}, abort.signal)
      .then(({ dumpFolder }) => setFolder(`${dumpFolder}${dumpFolder.includes('/') ? '/' : '\\'}`))
      // The field stays without a folder, and says that it needs one.
      .catch(() => undefined);
    return () => abort.abort();
  }, [isElsewhere]);
  return folder;
}
