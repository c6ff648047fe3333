/**
 * The only place that knows what a counter may do: it grows, until it is reset, wraps, or its owner is gone. A counter
 * that went backwards tells nothing about the interval, so the answer is null: a gap, never a spike.
 */
export function counterDelta(before: number, after: number): number | null {
  const delta = after - before;
  return delta >= 0 && Number.isFinite(delta) ? delta : null;
}

/** Growth per second of host time; null where the counter went backwards or no time has passed. */
export function ratePerSecond(before: number, after: number, elapsedSeconds: number | null): number | null {
  const delta = counterDelta(before, after);
  return delta === null || elapsedSeconds === null || elapsedSeconds <= 0 ? null : delta / elapsedSeconds;
}

/**
 * How an interval was spent, in percent, from counters that add up to all of it (as the columns of `/proc/stat` do).
 * Null where any of them went backwards, or where none has moved.
 */
export function shares(before: readonly number[], after: readonly number[]): number[] | null {
  const deltas: number[] = [];
  let total = 0;
  for (const [index, value] of after.entries()) {
    const delta = counterDelta(before[index] ?? 0, value);
    if (delta === null) return null;
    deltas.push(delta);
    total += delta;
  }
  return total > 0 ? deltas.map((delta) => (100 * delta) / total) : null;
}

/** Host time on one boot: what passed between two readings of its uptime; null when it did not go forward. */
export function elapsedSeconds(before: number | null, after: number | null): number | null {
  if (before === null || after === null || after <= before) return null;
  // Uptime has hundredths; the difference of two doubles has noise behind them.
  return Math.round((after - before) * 1e6) / 1e6;
}
