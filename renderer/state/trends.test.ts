import { expect, test } from 'vitest';
import type { Sample } from '../../main/contract/samples.ts';
import { noteTrends, sparkPath, trendOf, withPoint } from './trends.ts';

const sample = (seconds: number): Sample => ({
  kind: 'fast',
  collected_at: new Date(seconds * 1000).toISOString(),
  data: { clock: { boot_id: null, uptime_seconds: null }, problems: {} },
});

test('a trend keeps the newest points in their order, and unknown as unknown', () => {
  const all = Array.from({ length: 60 }, (_, seconds) => sample(seconds)).reduce(withPoint, []);
  expect([all.length, all[0]?.at, all.at(-1), withPoint(all, sample(3)) === all]).toEqual([
    40,
    20_000,
    { at: 59_000, cpu: null, memory: null },
    true,
  ]);
  noteTrends([
    { id: 'a', fast: sample(1) },
    { id: 'a', cadenceSeconds: 2 },
    { id: 'b', fast: null },
  ]);
  expect([trendOf('a').length, trendOf('b')]).toEqual([1, []]);
});

test('a sparkline ends at the right edge, is broken where a value is unknown, and needs two values', () => {
  expect([sparkPath([0, 50, null, 200], 39, 10), sparkPath([5, null], 39, 10), sparkPath([], 39, 10)]).toEqual([
    'M36.0 10.0L37.0 5.0M39.0 0.0',
    '',
    '',
  ]);
});
