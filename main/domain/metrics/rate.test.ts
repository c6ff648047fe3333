import { expect, test } from 'vitest';
import { counterDelta, elapsedSeconds, ratePerSecond, shares, sumKnown, toCounter, wrappingDelta } from './rate.ts';

test.each([
  [1, 3, 2],
  [3, 3, 0],
  [3, 1, null],
  [0, Number.NaN, null],
])('a counter from %d to %d grew by %j', (before, after, delta) => {
  expect(counterDelta(before, after)).toBe(delta);
});

test.each([
  ['grows', 5, 7, 100, 2],
  ['has more than 32 bits', 2 ** 33, 2 ** 33 + 7, 100, 7],
  // A router with a 32-bit kernel.
  ['wrapped', 4_258_368_365, 44_815_312, 100_000_000, 81_414_243],
  ['would have grown by more than it can', 4_258_368_365, 44_815_312, 81_414_242, null],
  ['went backwards before its half', 2 ** 31, 7, 2 ** 32, null],
  ['went backwards beyond 32 bits', 2 ** 32, 7, 2 ** 32, null],
])('a counter that %s', (_, before, after, most, delta) => {
  expect(wrappingDelta(before, after, most)).toBe(delta);
});

test('what is too large to be counted stands still', () => {
  expect(['12', '18446744073709551615', '9'.repeat(400)].map(toCounter)).toEqual([
    12,
    Number.MAX_SAFE_INTEGER,
    Number.MAX_SAFE_INTEGER,
  ]);
});

test('a sum is of what is known', () => {
  expect([sumKnown([1, null, 2]), sumKnown([null]), sumKnown([])]).toEqual([3, null, null]);
});

test.each([
  [0, 10, 2, 5],
  [10, 0, 2, null],
  [0, 10, 0, null],
  [0, 10, null, null],
])('from %d to %d in %j s is %j a second', (before, after, seconds, rate) => {
  expect(ratePerSecond(before, after, seconds)).toBe(rate);
});

test('shares add up to 100, and are unknown where a part went backwards or leapt, or nothing moved', () => {
  expect(shares([0, 0], [1, 3])).toEqual([25, 75]);
  expect(shares([2, 0], [1, 3])).toBeNull();
  expect(shares([1, 3], [1, 3])).toBeNull();
  expect([4, 3].map((most) => shares([0, 0], [1, 3], most))).toEqual([[25, 75], null]);
});

test('time goes forward or is unknown', () => {
  expect([elapsedSeconds(1.1, 1.4), elapsedSeconds(2, 1), elapsedSeconds(1, 1), elapsedSeconds(null, 1)]).toEqual([
    0.3,
    null,
    null,
    null,
  ]);
});
