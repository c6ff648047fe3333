import { formatDuration } from '../../main/domain/present/units.ts';
import type { ChartData, ChartReading, Point } from './chart-data.ts';

/** `0.6 … 91.2 %`: the least and the most of a point that is the mean of several samples; null where it is none. */
export function bandWords(
  point: Point | null,
  reading: ChartReading,
  format: (value: number) => string,
): string | null {
  const band = point?.bands[reading] ?? null;
  if (band === null || band[0] === band[1]) return null;
  const [least, most] = [format(band[0]), format(band[1])];
  const unit = most.slice(most.lastIndexOf(' '));
  // One unit is enough for both.
  const from = unit.startsWith(' ') && least.endsWith(unit) ? least.slice(0, -unit.length) : least;
  return `${from} … ${most}`;
}

/** What the lines and what is shaded around them are; null where each point is a sample. */
export function bandLegend({ points, stepMs }: ChartData): string | null {
  const hasBand = points.some(({ bands }) => Object.values(bands).some((band) => band !== null && band[0] !== band[1]));
  return hasBand ? `Mean of ${formatDuration(stepMs / 1000)}, shaded from least to most` : null;
}
