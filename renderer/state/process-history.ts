import type { ProcessesAt } from '../../main/contract/history.ts';

/** Asks for the process list of the last sample at or before an instant; null when there is none close to it. */
export type AskProcesses = (at: number) => Promise<ProcessesAt | null>;

const furthestMs = 15 * 60_000;

/** The sample before the one shown, or null. */
export function previousProcesses(ask: AskProcesses, shownAt: number): Promise<ProcessesAt | null> {
  return ask(shownAt - 1);
}

/**
 * The sample after the one shown, or null when none follows within a quarter of an hour. History answers "at or
 * before" only: so this looks further and further ahead, then back to the nearest.
 */
export async function nextProcesses(ask: AskProcesses, shownAt: number): Promise<ProcessesAt | null> {
  let found: ProcessesAt | null = null;
  for (let ahead = 2_000; found === null && ahead <= furthestMs; ahead *= 2) {
    const answer = await ask(shownAt + ahead);
    if (answer !== null && Date.parse(answer.collected_at) > shownAt) found = answer;
  }
  for (let back = 0; found !== null && back < 16; back += 1) {
    const answer: ProcessesAt | null = await ask(Date.parse(found.collected_at) - 1);
    if (answer === null || Date.parse(answer.collected_at) <= shownAt) return found;
    found = answer;
  }
  return found;
}
