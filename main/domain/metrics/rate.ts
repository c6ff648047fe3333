/**
 * The only place that knows what a counter may do: it grows, until it is reset, wraps, or its owner is gone. A counter
 * that went backwards tells nothing about the interval, so the answer is null: a gap, never a spike.
 */
export function counterDelta(before: number, after: number): number | null {
  const delta = after - before;
  return delta >= 0 && Number.isFinite(delta) ? delta : null;
}

const bits32 = 2 ** 32;

/**
 * Growth of a counter that may have 32 bits only. One that went backwards has wrapped where it had come past half of
 * them and where what it then grew by is at most `most`; else it was reset.
 */
export function wrappingDelta(before: number, after: number, most: number): number | null {
  const delta = counterDelta(before, after);
  if (delta !== null || before <= bits32 / 2 || before >= bits32) return delta;
  const wrapped = counterDelta(before, after + bits32);
  return wrapped === null || wrapped > most ? null : wrapped;
}

/** So much in that time, per second of host time; null where the growth is unknown or no time has passed. */
export function perSecond(delta: number | null, elapsedSeconds: number | null): number | null {
  return delta === null || elapsedSeconds === null || elapsedSeconds <= 0 ? null : delta / elapsedSeconds;
}

/** Growth per second of host time; null where the counter went backwards or no time has passed. */
export function ratePerSecond(before: number, after: number, elapsedSeconds: number | null): number | null {
  return perSecond(counterDelta(before, after), elapsedSeconds);
}

/** Digits as the host printed them; some kernels count a column down through zero, and what is too large stands still. */
export function toCounter(digits: string): number {
  return Math.min(Number(digits), Number.MAX_SAFE_INTEGER);
}

/** The sum of what is known; null where nothing is. */
export function sumKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

/**
 * How an interval was spent, in percent, from counters that add up to all of it (as the columns of `/proc/stat` do).
 * Null where any of them went backwards, where none has moved, and where all together grew by more than `most`: one of
 * them leapt, and what the others did would look like nothing beside it.
 */
export function shares(
  before: readonly number[],
  after: readonly number[],
  most = Number.POSITIVE_INFINITY,
): number[] | null {
  const deltas: number[] = [];
  let total = 0;
  for (const [index, value] of after.entries()) {
    const delta = counterDelta(before[index] ?? 0, value);
    if (delta === null) return null;
    deltas.push(delta);
    total += delta;
  }
  return total > 0 && total <= most ? deltas.map((delta) => (100 * delta) / total) : null;
}

/** Host time on one boot: what passed between two readings of its uptime; null when it did not go forward. */
export function elapsedSeconds(before: number | null, after: number | null): number | null {
  if (before === null || after === null || after <= before) return null;
  // Uptime has hundredths; the difference of two doubles has noise behind them.
  return Math.round((after - before) * 1e6) / 1e6;
}
