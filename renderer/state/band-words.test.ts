import { expect, test } from 'vitest';
import { formatBytes, formatLoad, formatPercent } from '../../main/domain/present/units.ts';
import { bandLegend, bandWords } from './band-words.ts';
import { noData, type Point } from './chart-data.ts';

const point = (band: readonly [number, number] | null): Point => ({ at: 0, values: {}, bands: { x: band } });

test('the least and the most of a mean are told with one unit where it is the same', () => {
  const percent = (value: number) => formatPercent(value, 1);
  expect(bandWords(point([0.6, 91.2]), 'x', percent)).toBe('0.6 … 91.2 %');
  expect(bandWords(point([0.6, 2]), 'x', formatLoad)).toBe('0.60 … 2.00');
  expect(bandWords(point([2 ** 20, 2 ** 21]), 'x', formatBytes)).toBe('1.00 … 2.00 MB');
  expect(bandWords(point([2 ** 20, 2 ** 30]), 'x', formatBytes)).toBe('1.00 MB … 1.00 GB');
});

test('a point that is one sample, or that is unknown, has no band', () => {
  for (const one of [point([3, 3]), point(null), null]) expect(bandWords(one, 'x', formatLoad)).toBeNull();
});

test('the legend says what is shaded, and nothing where each point is a sample', () => {
  const data = { ...noData, stepMs: 10_800_000 };
  expect(bandLegend({ ...data, points: [point(null), point([1, 2])] })).toBe('Mean of 3 h, shaded from least to most');
  expect(bandLegend({ ...data, points: [point([1, 1])] })).toBeNull();
});
