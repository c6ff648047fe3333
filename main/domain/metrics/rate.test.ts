import { expect, test } from 'vitest';
import { counterDelta, elapsedSeconds, ratePerSecond, shares } from './rate.ts';

test.each([
  [1, 3, 2],
  [3, 3, 0],
  [3, 1, null],
  [0, Number.NaN, null],
])('a counter from %d to %d grew by %j', (before, after, delta) => {
  expect(counterDelta(before, after)).toBe(delta);
});

test.each([
  [0, 10, 2, 5],
  [10, 0, 2, null],
  [0, 10, 0, null],
  [0, 10, null, null],
])('from %d to %d in %j s is %j a second', (before, after, seconds, rate) => {
  expect(ratePerSecond(before, after, seconds)).toBe(rate);
});

test('shares add up to 100, and are unknown where a part went backwards or nothing moved', () => {
  expect(shares([0, 0], [1, 3])).toEqual([25, 75]);
  expect(shares([2, 0], [1, 3])).toBeNull();
  expect(shares([1, 3], [1, 3])).toBeNull();
});

test('time goes forward or is unknown', () => {
  expect([elapsedSeconds(1.1, 1.4), elapsedSeconds(2, 1), elapsedSeconds(1, 1), elapsedSeconds(null, 1)]).toEqual([
    0.3,
    null,
    null,
    null,
  ]);
});
