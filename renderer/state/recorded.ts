import type { Recording } from '../../main/contract/recordings.ts';
import { formatCount } from '../../main/domain/present/units.ts';
import { openDump } from './open-dump.ts';
import { toast, toastFault } from './toasts.ts';

/** Tells where an ended recording lies, and offers to look at it. */
export function tellRecorded({ entries, directory }: Recording): void {
  toast(`Recorded ${formatCount(entries)} entries to ${directory}`, 'info', {
    label: 'Open replay',
    run: async () => {
      const fault = await openDump(directory);
      if (fault !== null) toastFault('Open dump', fault);
    },
  });
}
