import { expect, test } from 'vitest';
import type { Glance } from '../../main/contract/hosts.ts';
import { addPoint, noteTrends, sparkPath, type TrendPoint, trendOf } from './trends.ts';

const unknown = { cpu_percent: null, memory_percent: null, load: null, uptime_seconds: null, problems: {} };
const glance = (seconds: number): Glance => ({ at: seconds * 1000, ...unknown });

test('a trend keeps the newest points in their order, and unknown as unknown', () => {
  const all: TrendPoint[] = [];
  for (let seconds = 0; seconds < 60; seconds += 1) addPoint(all, glance(seconds));
  addPoint(all, glance(3));
  expect([all.length, all[0]?.at, all.at(-1)]).toEqual([40, 20_000, { at: 59_000, cpu: null, memory: null }]);
  noteTrends([
    { id: 'a', glance: glance(1) },
    { id: 'a', cadenceSeconds: 2 },
    { id: 'b', glance: null },
  ]);
  expect([trendOf('a').length, trendOf('b')]).toEqual([1, []]);
});

test('a sparkline ends at the right edge, is broken where a value is unknown, and needs two values', () => {
  expect([sparkPath([0, 50, null, 200], 39, 10), sparkPath([5, null], 39, 10), sparkPath([], 39, 10)]).toEqual([
    'M360 100L370 50M390 0',
    '',
    '',
  ]);
});
