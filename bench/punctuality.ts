/** How far each arrival lies behind the host's own grid of time, whose earliest arrival counts as punctual. */
export function latenessOf(times: readonly number[], periodMs: number): number[] {
  const first = times[0] ?? 0;
  const offsets = times.map((time) => time - first - Math.round((time - first) / periodMs) * periodMs);
  const punctual = Math.min(...offsets);
  return offsets.map((offset) => offset - punctual);
}

/** Instants of the grid that nothing arrived for: between two arrivals, or all of the time for a silent host. */
export function missedIn(times: readonly number[], periodMs: number, measuredMs: number): number {
  if (times.length === 0) return Math.floor(measuredMs / periodMs);
  return times.slice(1).reduce((sum, time, index) => {
    const periods = Math.round((time - (times[index] ?? time)) / periodMs);
    return sum + Math.max(0, periods - 1);
  }, 0);
}
