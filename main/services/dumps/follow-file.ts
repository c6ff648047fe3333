import { stat } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import type { CommandsLog } from './commands-log.ts';

const everyMs = 500;

export interface FollowListeners {
  /** There is more to read; or, afresh, the file begins anew. */
  onGrown(afresh: boolean): Promise<void>;
  /** Something a technician should know, once for each happening. */
  onNote(note: string): void;
}

/**
 * Watches a file until the signal aborts. It is asked, not listened to: network shares and mounted hosts tell nothing.
 * What was opened stays open, so a file that was renamed or removed can still be read.
 */
export async function followFile(
  path: string,
  log: CommandsLog,
  { onGrown, onNote }: FollowListeners,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await setTimeout(everyMs, undefined, { signal, ref: false }).catch(() => undefined);
    if (signal.aborted) return;
    try {
      const [ours, named] = await Promise.all([log.handle.stat(), stat(path).catch(() => null)]);
      if (ours.size < log.size) {
        onNote('commands.log was cut short while it was open: what is shown is what it holds now.');
        await onGrown(true);
      } else if (ours.size > log.size) {
        await onGrown(false);
      }
      if (named === null) onNote('commands.log was removed or renamed: what is shown is what was open.');
      else if (named.ino !== ours.ino || named.dev !== ours.dev) {
        onNote('commands.log was exchanged for another file: what is shown is the earlier one; open the dump again.');
      }
    } catch (error) {
      if (!signal.aborted)
        onNote(`commands.log cannot be followed: ${error instanceof Error ? error.message : error}.`);
    }
  }
}
