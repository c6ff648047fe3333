import type { Kind } from '../../../contract/samples.ts';

/** What the console writes to a running program: one line, one wish. The program does nothing by itself. */

/**
 * Asks for one round.
 * @param seq a number of the console's own, that comes back with everything that belongs to the round
 * @param first also run what is asked once per session, and forget what was printed in earlier rounds
 */
export function tickLine({ seq, kind, first }: { seq: number; kind: Kind; first: boolean }): string {
  return `tick ${seq} ${kind} ${first ? 1 : 0}\n`;
}

/** Ends a forked command whose deadline has passed; `runId` is what the `run` event said. */
export function dropLine(runId: string): string {
  return `drop ${runId}\n`;
}
