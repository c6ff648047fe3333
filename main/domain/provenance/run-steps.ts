/** So long others wait at most, in milliseconds. */
const turnMs = 8;

/**
 * Runs what yields between its steps to its end, and lets others have their turn in between. Throws the signal's reason
 * where nobody waits any more.
 * @param breathe resolves when others had their turn
 * @param now milliseconds of a clock that nobody sets
 */
export async function runSteps<Result>(
  steps: Generator<undefined, Result, undefined>,
  breathe: () => Promise<unknown>,
  now: () => number,
  signal: AbortSignal,
): Promise<Result> {
  let since = now();
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done === true) return step.value;
    if (now() - since < turnMs) continue;
    await breathe();
    if (signal.aborted) throw signal.reason;
    since = now();
  }
}
