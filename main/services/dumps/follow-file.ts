import { stat } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import type { DumpFiles } from './dump-files.ts';
import { bytesIn } from './dump-parts.ts';
import { fileId, type LogFile } from './log-file.ts';
import type { Rotated } from './open-logs.ts';

const everyMs = 500;

export interface FollowListeners {
  /** There is more to read; or, afresh, the file begins anew. */
  onGrown(afresh: boolean): Promise<void>;
  /** It may have been rotated: goes on in the files that there are by now, and says what came of it. */
  onRotated(): Promise<Rotated>;
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
 * @param filesNow where it should be, and where it would go on
 * @param beside what may grow without it
 */
export async function followFile(
  filesNow: () => Pick<DumpFiles, 'newest' | 'next'>,
  log: GrowingFile,
  beside: GrowingFile | null,
  { onGrown, onRotated, onNote }: FollowListeners,
  signal: AbortSignal,
): Promise<void> {
  async function look(): Promise<void> {
    const [ours, other] = await Promise.all([log.file.stat(), beside?.file.stat()]);
    const hasGrown = ours.size > log.size || (other !== undefined && other.size !== beside?.size);
    if (ours.size < log.size) {
      // A copy of it may have been put aside before it was emptied.
      if ((await onRotated()) !== 'other') {
        onNote('commands.log was cut short while it was open: what is shown is what it holds now.');
      }
      await onGrown(true);
    } else if (hasGrown) {
      await onGrown(false);
    }
    if (await log.file.isAltered()) {
      onNote('A part of commands.log that was complete was changed while it was open: open the dump again.');
    }
    // What is written to the end of the last file comes before what is in the next.
    if (!hasGrown) await lookForNext();
  }

  async function lookForNext(): Promise<void> {
    const last = log.file.parts.at(-1);
    if (last === undefined) return;
    const { newest, next } = filesNow();
    const named = await stat(newest).catch(() => null);
    const isNamed = named !== null && fileId(named) === last.id;
    if (isNamed && (next === null || (await bytesIn(next)) === 0)) return;
    const rotated = await onRotated();
    if (rotated === 'goes on' || rotated === 'other') await onGrown(rotated === 'other');
    else if (rotated === 'exchanged' && named === null) {
      onNote('commands.log was removed or renamed: what is shown is what was open.');
    } else if (rotated === 'exchanged') {
      onNote('commands.log was exchanged for another file: what is shown is the earlier one; open the dump again.');
    }
  }

  while (!signal.aborted) {
    await setTimeout(everyMs, undefined, { signal, ref: false }).catch(() => undefined);
    if (signal.aborted) return;
    await look().catch((error) => {
      if (!signal.aborted)
        onNote(`commands.log cannot be followed: ${error instanceof Error ? error.message : error}.`);
    });
  }
}
