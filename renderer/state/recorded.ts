import type { Recording } from '../../main/contract/recordings.ts';
import { formatCount } from '../../main/domain/present/units.ts';
import { openDump } from './open-dump.ts';
import { toast, toastFault } from './toasts.ts';

/** Tells where an ended recording lies, and offers to look at it. */
export function tellRecorded({ entries, dumps, directory }: Recording): void {
  const last = dumps === 1 ? '' : `, the last of ${formatCount(dumps)} dumps`;
  offerReplay(`Recorded ${formatCount(entries)} entries to ${directory}${last}`, directory);
}

/** Tells of a dump that is there now, with the way into it. */
export function offerReplay(words: string, directory: string): void {
  toast(words, 'info', {
    label: 'Open replay',
    run: async () => {
      const fault = await openDump(directory);
      if (fault !== null) toastFault('Open dump', fault);
    },
  });
}
