import type { Series } from '../../main/contract/history.ts';

/** As many readings as one request takes (`seriesRequestSchema`). */
export const seriesPage = 40;

export function pagesOf(readings: readonly string[]): string[][] {
  const pages: string[][] = [];
  for (let from = 0; from < readings.length; from += seriesPage) pages.push(readings.slice(from, from + seriesPage));
  return pages;
}

const none: Series = { stepMs: 0, times: [], readings: {}, gaps: [] };

/** Answers to pages of one request as one. A bucket that came between two of them is there where it is known. */
export function joinSeries(pages: readonly Series[]): Series {
  const [first = none, ...rest] = pages;
  if (rest.length === 0) return first;
  const times = [...new Set(pages.flatMap((page) => page.times))].sort((a, b) => a - b);
  const readings = pages.map((page) => {
    if (page.times.length === times.length) return page.readings;
    const places = new Map(page.times.map((at, index) => [at, index]));
    const spread = (column: readonly (number | null)[]) => times.map((at) => column[places.get(at) ?? -1] ?? null);
    return Object.fromEntries(
      Object.entries(page.readings).map(([name, { mean, min, max }]) => [
        name,
        { mean: spread(mean), min: spread(min), max: spread(max) },
      ]),
    );
  });
  return { ...first, times, readings: Object.assign({}, ...readings), gaps: pages.at(-1)?.gaps ?? [] };
}
