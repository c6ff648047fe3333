import type { ChartReading, Point } from './chart-data.ts';
import type { Span } from './range.ts';

/** So much of the span's width is to be seen of a point that stands alone: at 700 pixels, two. */
const leastShare = 1 / 350;

/**
 * The points as they are drawn. A line of one point has no length, so one that has no neighbour is drawn twice: as wide as
 * its bucket, and never too narrow to be seen. That is what remains of an hour a day in a chart of months.
 */
export function drawnPoints(
  points: readonly Point[],
  stepMs: number,
  span: Span,
  readings: readonly ChartReading[],
): readonly Point[] {
  const widthMs = Math.max(stepMs, (span.to - span.from) * leastShare);
  const known = (point: Point | undefined, reading: ChartReading) => (point?.values[reading] ?? null) !== null;
  const stretched = points.flatMap((point, index) => {
    const [before, after] = [points[index - 1], points[index + 1]];
    const isLone = (reading: ChartReading) =>
      known(point, reading) && !known(before, reading) && !known(after, reading);
    if (!readings.some(isLone)) return [point];
    // Where another reading goes on, its line must not be overtaken.
    const room = after === undefined ? Number.POSITIVE_INFINITY : (after.at - point.at) / 2;
    const from = Math.min(point.at, Math.max(span.to - widthMs, before?.at ?? span.from));
    return [
      { ...point, at: from },
      { ...point, at: Math.min(from + widthMs, point.at + room) },
    ];
  });
  return stretched.length === points.length ? points : stretched;
}
