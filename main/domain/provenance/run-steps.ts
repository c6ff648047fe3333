/** So long others wait at most, in milliseconds. */
const turnMs = 8;

/**
 * Runs what yields between its steps to its end, and lets others have their turn in between.
 * @param breathe resolves when they had it; what it throws ends the work
 * @param now milliseconds of a clock that nobody sets
 */
export async function runSteps<Result>(
  steps: Generator<undefined, Result, undefined>,
  breathe: () => Promise<unknown>,
  now: () => number,
): Promise<Result> {
  let since = now();
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done === true) return step.value;
    if (now() - since < turnMs) continue;
    await breathe();
    since = now();
  }
}
