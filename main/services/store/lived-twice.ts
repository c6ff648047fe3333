/** Samples of one boot of a host, in the console's time and in the host's own. */
export interface Run {
  readonly t0: number;
  readonly t1: number;
  /** Null where it was not told, and where samples of several boots stand together. */
  readonly boot: string | null;
  /** The host's uptime at its first and at its last sample; null where that is not known. */
  uptime(): { readonly min: number; readonly max: number } | null;
}

/** First and last instant. */
export type Interval = readonly [from: number, to: number];

/**
 * Where this computer's clock was set back, the same minutes are lived twice. What counts of them is what the host lived
 * later, by (boot, uptime): this answers, for each run, the intervals of it that another one has taken over. Both are
 * kept; shown together they would be neither. Runs of other boots and such without an uptime stay as they are.
 */
export function takenOver(runs: readonly Run[]): readonly (readonly Interval[])[] {
  const taken = runs.map((): Interval[] => []);
  const inOrder = runs.map((run, index) => ({ run, index })).sort((a, b) => a.run.t0 - b.run.t0);
  for (const [place, { run, index }] of inOrder.entries()) {
    for (const other of inOrder.slice(place + 1)) {
      if (other.run.t0 > run.t1) break;
      if (run.boot === null || run.boot !== other.run.boot) continue;
      const [ours, theirs] = [run.uptime(), other.run.uptime()];
      if (ours === null || theirs === null) continue;
      if (theirs.min > ours.max) taken[index]?.push([other.run.t0, other.run.t1]);
      else if (ours.min > theirs.max) taken[other.index]?.push([run.t0, run.t1]);
    }
  }
  return taken;
}

export function isWithin(intervals: readonly Interval[], at: number): boolean {
  return intervals.some(([from, to]) => at >= from && at <= to);
}
