import { expect, test } from 'vitest';
import type { Point } from './chart-data.ts';
import { drawnPoints } from './drawn-points.ts';

const span = { from: 0, to: 3500 };
const nothing = (at: number): Point => ({ at, values: {}, bands: {} });

function point(at: number, busy: number | null, load: number | null = null): Point {
  return {
    at,
    values: { 'cpu.busy': busy, 'load.1': load },
    bands: { 'cpu.busy': busy === null ? null : [busy, busy + 1] },
  };
}

function drawn(points: readonly Point[], stepMs = 0) {
  return drawnPoints(points, stepMs, span, ['cpu.busy', 'load.1']).map(({ at, values, bands }) => [
    at,
    values['cpu.busy'] ?? null,
    bands['cpu.busy'] ?? null,
  ]);
}

test('a bucket with nothing beside it is drawn as wide as it is, and its band with it', () => {
  const points = [
    point(0, 1),
    point(20, 2),
    nothing(500),
    point(1000, 3),
    nothing(1500),
    point(2000, 4),
    point(2020, 5),
  ];
  expect(drawn(points, 20)).toEqual([
    [0, 1, [1, 2]],
    [20, 2, [2, 3]],
    [500, null, null],
    [1000, 3, [3, 4]],
    [1020, 3, [3, 4]],
    [1500, null, null],
    [2000, 4, [4, 5]],
    [2020, 5, [5, 6]],
  ]);
});

test('a sample alone is wide enough to be seen, and lies within the span', () => {
  expect(drawn([point(1000, 1)])).toEqual([
    [1000, 1, [1, 2]],
    [1010, 1, [1, 2]],
  ]);
  expect(drawn([point(3500, 1)])).toEqual([
    [3490, 1, [1, 2]],
    [3500, 1, [1, 2]],
  ]);
});

test('one that is alone between unknowns does not overtake what goes on', () => {
  expect(drawn([point(0, null, 1), point(4, 7, 2), point(8, null, 3)])).toEqual([
    [0, null, null],
    [4, 7, [7, 8]],
    [6, 7, [7, 8]],
    [8, null, null],
  ]);
});

test('where nothing is alone, the points are the same list', () => {
  const points = [point(0, 1, 1), point(4, 7, 2)];
  expect(drawnPoints(points, 0, span, ['cpu.busy', 'load.1'])).toBe(points);
});
