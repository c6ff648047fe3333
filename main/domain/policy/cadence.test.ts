import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gridOrigin, nextOnGrid, nextSlowdown } from './cadence.ts';

describe('nextOnGrid', () => {
  test.each([
    { name: 'just begun', origin: 100, period: 2000, now: 100, next: 2100 },
    { name: 'a timer that fired late', origin: 100, period: 2000, now: 2117, next: 4100 },
    { name: 'a timer that fired early', origin: 100, period: 2000, now: 2099, next: 2100 },
    { name: 'a laptop that slept', origin: 100, period: 2000, now: 1_000_000, next: 1_000_100 },
    { name: 'a grid that has not begun', origin: 5000, period: 2000, now: 0, next: 1000 },
  ])('$name', ({ origin, period, now, next }) => {
    expect(nextOnGrid(origin, period, now)).toBe(next);
  });

  test('is always ahead, by no more than a period, and on the grid', () => {
    const times = fc.integer({ min: 0, max: 1e13 });
    fc.assert(
      fc.property(times, fc.integer({ min: 1, max: 1e8 }), times, (origin, period, now) => {
        const next = nextOnGrid(origin, period, now);
        expect({ ahead: next > now, near: next - now <= period, on: Math.abs((next - origin) % period) }).toEqual({
          ahead: true,
          near: true,
          on: 0,
        });
      }),
    );
  });
});

test('grids begin all over the period, on instants that hosts share', () => {
  const randoms = [0, 0.25, 0.2501, 0.999999];
  expect(randoms.map((random) => gridOrigin(1000, 30_000, random))).toEqual([1000, 8500, 8750, 31_000]);
  expect(gridOrigin(1000.5, 2000, 0)).toBe(1250);
});

describe('nextSlowdown', () => {
  test.each([
    { name: 'a usual round', slowdown: 1, roundMs: 20, periodMs: 2000, next: 1 },
    { name: 'a round that takes a third of its time', slowdown: 1, roundMs: 700, periodMs: 2000, next: 2 },
    { name: 'the same at half the pace', slowdown: 2, roundMs: 700, periodMs: 2000, next: 2 },
    { name: 'it got worse', slowdown: 2, roundMs: 1100, periodMs: 2000, next: 4 },
    { name: 'it recovers', slowdown: 4, roundMs: 100, periodMs: 2000, next: 2 },
    { name: 'never slower than that', slowdown: 16, roundMs: 1e6, periodMs: 2000, next: 16 },
  ])('$name', ({ slowdown, roundMs, periodMs, next }) => {
    expect(nextSlowdown(slowdown, roundMs, periodMs)).toBe(next);
  });

  test('a steady cost settles instead of swinging', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), fc.constantFrom(2000, 30_000), (roundMs, periodMs) => {
        let slowdown = 1;
        for (let round = 0; round < 10; round++) slowdown = nextSlowdown(slowdown, roundMs, periodMs);
        expect(nextSlowdown(slowdown, roundMs, periodMs)).toBe(slowdown);
      }),
    );
  });
});
