import { openDialog } from '../dialogs.ts';
import { forgetExport } from './export-run.ts';
import { shareSubject } from './share-subject.ts';

/** Opens what hands a part of a dump on, with what is looked at in it; an export that goes on is shown as it is. */
export function openShare(hostId: string, tab: 'part' | 'report'): void {
  forgetExport(hostId);
  openDialog({ kind: 'share', tab, subject: shareSubject(hostId) });
}
