import type { Glance, HostChange } from '../../main/contract/hosts.ts';

/** One sample of a host, as its sparklines need it; null is a gap. */
export interface TrendPoint {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly cpu: number | null;
  readonly memory: number | null;
}

/** Twenty minutes at thirty seconds. */
const maxPoints = 40;

/** The newest samples that came while this page is open; outside of any store, for a row reads them as it is drawn. */
const trends = new Map<string, TrendPoint[]>();

/** In place: a copy for each of a thousand hosts is garbage with every update. */
export function addPoint(points: TrendPoint[], { at, cpu_percent: cpu, memory_percent: memory }: Glance): void {
  const newest = points.at(-1);
  if (newest !== undefined && at <= newest.at) return;
  points.push({ at, cpu, memory });
  if (points.length > maxPoints) points.shift();
}

export function noteTrends(changes: readonly HostChange[]): void {
  for (const { id, glance } of changes) {
    if (glance == null) continue;
    const points = trends.get(id) ?? [];
    trends.set(id, points);
    addPoint(points, glance);
  }
}

export function trendOf(hostId: string): readonly TrendPoint[] {
  return trends.get(hostId) ?? [];
}

/** Parts of a unit: whole numbers are written into a path in half the time of those with a point. */
export const sparkParts = 10;

/**
 * A path through values of 0 to 100 in a box of that size, in tenths, the newest at its right edge; a gap where a value is
 * unknown. Empty for fewer than two known values: a single one is no trend.
 */
export function sparkPath(values: readonly (number | null)[], width: number, height: number): string {
  const step = width / (maxPoints - 1);
  const left = width - step * (values.length - 1);
  let known = 0;
  let pen = 'M';
  let path = '';
  for (const [index, value] of values.entries()) {
    if (value !== null) {
      const y = height - (Math.min(100, Math.max(0, value)) / 100) * height;
      path += `${pen}${Math.round((left + index * step) * sparkParts)} ${Math.round(y * sparkParts)}`;
      known += 1;
    }
    pen = value === null ? 'M' : 'L';
  }
  return known < 2 ? '' : path;
}
