import type { Entry, EntryState } from '../../contract/dump-entries.ts';
import { formatDuration, formatMilliseconds } from './units.ts';

type Ended = Pick<Entry, 'exit' | 'error' | 'timedOut' | 'absent'>;

/** Whether a run did not do what it was meant to: an exit other than 0, or none. What is absent is no failure. */
export function hasFailed({ exit, absent }: Ended): boolean {
  return exit !== 0 && !absent;
}

/** How a run ended: `exit 0`, `exit 1`, `absent`, `timed out`, `not run`. */
export function exitWords({ exit, error, timedOut, absent }: Ended): string {
  if (error !== null) return 'not run';
  if (timedOut) return 'timed out';
  if (absent) return 'absent';
  return exit === null ? 'no exit' : `exit ${exit}`;
}

/** What is wrong with how an entry stands in its file; null where nothing is. */
export function stateWords(state: EntryState): string | null {
  const words: Readonly<Record<EntryState, string | null>> = {
    sound: null,
    torn: 'torn: cut before its end',
    lying: 'lying: it ends, but not where its size says',
    suspect: 'suspect: it may be a part of the output before it',
  };
  return words[state];
}

/** How long a run took: `12.0 ms`, and in minutes where it was minutes. */
export function runWords(durationMs: number): string {
  return durationMs < 60_000 ? formatMilliseconds(durationMs) : formatDuration(durationMs / 1000);
}
