import type { ChartData } from './chart-data.ts';

/** What is saved of the charts: a row for each instant, with what is known of each reading. */
export interface ChartTable {
  /** With units: `cpu.busy mean (percent)`. */
  readonly columns: readonly string[];
  /** The instant as ISO text, then a number for each further column; null is unknown. */
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/**
 * The points of charts as they are shown, the oldest first: mean, least and most of each bucket; where points are
 * samples themselves, or a bucket had one, all three are the same.
 */
export function chartTable(
  data: ChartData,
  readings: readonly string[],
  unitOf: (reading: string) => string | null,
): ChartTable {
  const columns = readings.flatMap((reading) => {
    const unit = unitOf(reading);
    return ['mean', 'min', 'max'].map((part) => `${reading} ${part}${unit === null ? '' : ` (${unit})`}`);
  });
  const rows = data.points.flatMap(({ at, values, bands }) => {
    const cells = readings.flatMap((reading) => {
      const value = values[reading] ?? null;
      const [min, max] = bands[reading] ?? [value, value];
      return [value, min, max];
    });
    // A point of no values stands in a hole, so that no line crosses it.
    return cells.every((cell) => cell === null) ? [] : [[new Date(at).toISOString(), ...cells]];
  });
  return { columns: ['time', ...columns], rows };
}
