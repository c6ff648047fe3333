import { expect, test } from 'vitest';
import type { Series } from '../../main/contract/history.ts';
import { joinSeries, pagesOf } from './join-series.ts';

function page(times: number[], name: string, values: number[]): Series {
  return { stepMs: 10, times, readings: { [name]: { mean: values, min: values, max: values } }, gaps: [] };
}

test('a page takes what one request takes', () => {
  const names = Array.from({ length: 90 }, (_, index) => `r${index}`);
  expect([pagesOf(names).map((one) => one.length), pagesOf(names).flat(), pagesOf([])]).toEqual([
    [40, 40, 10],
    names,
    [],
  ]);
});

test('a bucket that came between two pages is unknown in the earlier one', () => {
  const joined = joinSeries([page([0, 10], 'a', [1, 2]), page([0, 10, 20], 'b', [3, 4, 5])]);
  expect([joined.times, joined.readings.a?.mean, joined.readings.b?.max]).toEqual([
    [0, 10, 20],
    [1, 2, null],
    [3, 4, 5],
  ]);
  expect(joinSeries([])).toEqual({ stepMs: 0, times: [], readings: {}, gaps: [] });
});
