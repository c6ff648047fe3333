import { stat } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { fileId, type LogFile } from './log-file.ts';

const everyMs = 500;

export interface FollowListeners {
  /** There is more to read; or, afresh, the file begins anew. */
  onGrown(afresh: boolean): Promise<void>;
  /** Something a technician should know, once for each happening. */
  onNote(note: string): void;
}

/** A file that only has to be asked whether it has grown. */
export interface GrowingFile {
  readonly file: LogFile;
  /** As it was when it was read. */
  readonly size: number;
}

/**
 * Watches a file until the signal aborts. It is asked, not listened to: network shares and mounted hosts tell nothing.
 * What was opened stays open, so a file that was renamed or removed can still be read.
 * @param beside what may grow without it
 */
export async function followFile(
  log: GrowingFile,
  beside: GrowingFile | null,
  { onGrown, onNote }: FollowListeners,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await setTimeout(everyMs, undefined, { signal, ref: false }).catch(() => undefined);
    if (signal.aborted) return;
    try {
      const [ours, other] = await Promise.all([log.file.stat(), beside?.file.stat()]);
      if (ours.size < log.size) {
        onNote('commands.log was cut short while it was open: what is shown is what it holds now.');
        await onGrown(true);
      } else if (ours.size > log.size || (other !== undefined && other.size !== beside?.size)) {
        await onGrown(false);
      }
      const part = log.file.parts.at(-1);
      if (part === undefined) continue;
      const named = await stat(part.path).catch(() => null);
      if (named === null) onNote('commands.log was removed or renamed: what is shown is what was open.');
      else if (fileId(named) !== part.id) {
        onNote('commands.log was exchanged for another file: what is shown is the earlier one; open the dump again.');
      }
    } catch (error) {
      if (!signal.aborted)
        onNote(`commands.log cannot be followed: ${error instanceof Error ? error.message : error}.`);
    }
  }
}
