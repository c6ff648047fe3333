import { lazy, Suspense } from 'react';
import { closeDialog, useDialog } from '../../state/dialogs.ts';
import { AddHostDialog } from '../add-host/add-host-dialog.tsx';
import { RecordDialog } from '../capture/record-dialog.tsx';
import { RunDialog } from '../commands/run-dialog.tsx';
import { HostDumpDialog } from '../diagnostics/host-dump-dialog.tsx';
import { LabelsDialog } from '../fleet/labels-dialog.tsx';
import { ProcessesDialog } from '../processes/processes-dialog.tsx';
import { AboutDialog } from './about-dialog.tsx';
import { FirstStepsDialog } from './first-steps-dialog.tsx';
import { KeysDialog } from './keys-dialog.tsx';
import { PaletteDialog } from './palette-dialog.tsx';

const ShareDialog = lazy(() =>
  import('../share/share-dialog.tsx').then(({ ShareDialog: component }) => ({ default: component })),
);

/** The dialog that is open, if any. */
export function Dialogs() {
  const dialog = useDialog();
  if (dialog === null) return null;
  switch (dialog.kind) {
    case 'add':
      return <AddHostDialog editHostId={dialog.editHostId} onClose={closeDialog} />;
    case 'processes':
      return (
        <ProcessesDialog
          key={`${dialog.hostId} ${dialog.at}`}
          hostId={dialog.hostId}
          at={dialog.at}
          by={dialog.by}
          onClose={closeDialog}
        />
      );
    case 'labels':
      return <LabelsDialog hostIds={dialog.hostIds} onClose={closeDialog} />;
    case 'record':
      return <RecordDialog hostIds={dialog.hostIds} onClose={closeDialog} />;
    case 'host-dump':
      return <HostDumpDialog hostId={dialog.hostId} onClose={closeDialog} />;
    case 'run':
      return <RunDialog onClose={closeDialog} />;
    case 'share':
      return (
        <Suspense fallback={null}>
          <ShareDialog subject={dialog.subject} tab={dialog.tab} onClose={closeDialog} />
        </Suspense>
      );
    case 'palette':
      return <PaletteDialog onClose={closeDialog} />;
    case 'first-steps':
      return <FirstStepsDialog onClose={closeDialog} />;
    case 'keys':
      return <KeysDialog onClose={closeDialog} />;
    case 'about':
      return <AboutDialog onClose={closeDialog} />;
  }
}
