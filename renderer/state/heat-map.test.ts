import { expect, test } from 'vitest';
import type { Series } from '../../main/contract/history.ts';
import { columnAt, coreAt, coreReading, coresOfAll, heatAt, heatGrid, heatMap, laterHeat } from './heat-map.ts';
import type { CoreColumn } from './live-point.ts';
import { coresOf } from './stored-cores.ts';

const second = 1000;

function series(stepMs: number, times: number[], cores: Record<number, (number | null)[]>): Series {
  const readings = Object.entries(cores).map(([id, mean]) => [coreReading(Number(id)), { mean, min: mean, max: mean }]);
  return { stepMs, times: times.map((at) => at * second), readings: Object.fromEntries(readings), gaps: [] };
}

function live(at: number, busy: Record<number, number>): CoreColumn {
  return { at: at * second, ids: Object.keys(busy).map(Number), busy: Float32Array.from(Object.values(busy)) };
}

const wordsAt = (...asked: Parameters<typeof heatAt>) => heatAt(...asked)?.words ?? null;

test('history and what came since are one map, in the order of the cores of now', () => {
  const map = heatMap(
    series(10 * second, [0, 10], { 0: [1, 2], 2: [3, null] }),
    [0, 2],
    [live(4, { 0: 9, 2: 9 }), live(20, { 2: 8, 5: 7 })],
  );
  expect(map.columns.map(({ at, busy }) => [at / second, ...busy])).toEqual([
    [0, 1, 3],
    [10, 2, Number.NaN],
    [20, Number.NaN, 8],
  ]);
  expect([-1, 0, 9, 19, 20, 114, 116].map((at) => columnAt(map, at * second)?.at ?? null)).toEqual([
    null,
    0,
    0,
    10_000,
    20_000,
    20_000,
    null,
  ]);
});

test('a cell is a core at a time; unknown is no cell, and never idle', () => {
  const map = heatMap(series(50 * second, [0, 50], { 0: [0, 100], 1: [null, 50] }), [0, 1], []);
  const grid = heatGrid(map, { from: 0, to: 100 * second }, 4, 100);
  expect([grid.width, grid.height, [...grid.cells]]).toEqual([4, 2, [1, 1, 255, 255, 0, 0, 128, 128]]);
  const holed = heatGrid(map, { from: 0, to: 100 * second }, 4, 100, [{ from: 20 * second, to: 50 * second }]);
  expect([...holed.cells]).toEqual([1, 0, 255, 255, 0, 0, 128, 128]);
});

test('where rows are too few, a row shows the busiest of its cores: none that works is lost', () => {
  const ids = Array.from({ length: 480 }, (_, id) => id);
  const busy = Object.fromEntries(ids.map((id) => [id, [id === 77 ? 100 : 0]]));
  const grid = heatGrid(heatMap(series(1000, [0], busy), ids, []), { from: 0, to: second }, 1, 100);
  expect([grid.height, [...grid.cells].filter((heat) => heat === 255).length]).toEqual([100, 1]);
});

test('the same in words', () => {
  const map = heatMap(series(second, [0], { 0: [10], 1: [95], 4: [null] }), [0, 1, 4], []);
  expect([null, 4, 7].map((chosen) => wordsAt(map, 0, chosen)).concat(wordsAt(map, -5, null))).toEqual([
    'mean 53 %, busiest cpu1 95 %, 1 of 2 busy',
    'cpu4 —, mean 53 %, busiest cpu1 95 %, 1 of 2 busy',
    'mean 53 %, busiest cpu1 95 %, 1 of 2 busy',
    null,
  ]);
  expect([null, 4, 1].map((chosen) => heatAt(map, 0, chosen)?.cores)).toEqual([[1], [4, 1], [1]]);
});

test('two maps stand one above the other: a height is a core of either, and a step goes over the cores of both', () => {
  const ours = heatMap(series(second, [0], { 0: [10], 1: [20] }), [0, 1], []);
  const theirs = heatMap(series(second, [0], { 0: [1], 2: [2], 3: [3], 8: [4] }), [0, 2, 3, 8], []);
  const heights = [-0.1, 0, 0.3, 0.49, 0.5, 0.7, 0.99, 1, 1.1];
  expect(heights.map((height) => coreAt([ours, theirs], height))).toEqual([0, 0, 1, 1, 0, 2, 8, 8, 8]);
  expect([0, 0.6].map((height) => coreAt([ours], height))).toEqual([0, 1]);
  expect(coreAt([ours, { ...theirs, ids: [] }], 0.7)).toBe(null);
  expect(coresOfAll([ours, theirs])).toEqual([0, 1, 2, 3, 8]);
});

test('an earlier map is drawn where it is compared', () => {
  const map = laterHeat(heatMap(series(second, [10], { 0: [50] }), [0], []), 60 * second);
  expect([10, 70].map((at) => wordsAt(map, at * second, null))).toEqual([
    null,
    'mean 50 %, busiest cpu0 50 %, 0 of 1 busy',
  ]);
});

test('the cores of a host are those that its history has', () => {
  const known = series(second, [0, 1], { 0: [1, 2], 1: [null, null], 2: [null, 0] });
  expect(coresOf(known, [0, 1, 2, 3])).toEqual([0, 2]);
});
