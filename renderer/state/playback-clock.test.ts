import { expect, test } from 'vitest';
import { advance, gapBeside, steppedSpeed } from './playback-clock.ts';

const span = { from: 1_000, to: 100_000 };
const gaps = [
  { from: 10_000, to: 40_000 },
  { from: 41_000, to: 60_000 },
];

test.each([
  { name: 'plays as fast as it is told', at: 1_000, real: 16, speed: 60, gaps: [], to: 1_960 },
  { name: 'a late frame plays a quarter of a second', at: 1_000, real: 9_000, speed: 10, gaps: [], to: 3_500 },
  { name: 'a clock that goes back plays nothing', at: 5_000, real: -40, speed: 10, gaps: [], to: 5_000 },
  { name: 'begins at the beginning where it stood before it', at: -7, real: 100, speed: 1, gaps: [], to: 1_100 },
  { name: 'what was played of a frame before a gap counts', at: 9_900, real: 200, speed: 1, gaps, to: 40_100, skip: 0 },
  { name: 'out of the midst of a gap', at: 20_000, real: 100, speed: 1, gaps, to: 40_100, skip: 0 },
  { name: 'over two gaps in one frame', at: 9_500, real: 200, speed: 10, gaps, to: 60_500, skip: 1 },
  { name: 'up to a gap and no further is no skip', at: 9_900, real: 100, speed: 1, gaps, to: 10_000 },
  { name: 'from the end of a gap', at: 40_000, real: 100, speed: 1, gaps, to: 40_100 },
])('$name', ({ at, real, speed, gaps: between, to, skip }) => {
  const skipped = skip === undefined ? null : gaps[skip];
  expect(advance(at, real, speed, span, between)).toEqual({ at: to, ended: false, skipped });
});

test.each([
  { at: 99_990, speed: 1 },
  { at: 100_000, speed: 1 },
  { at: 500_000, speed: 10 },
])('ends at the end, from $at', ({ at, speed }) => {
  expect(advance(at, 100, speed, span, gaps)).toEqual({ at: 100_000, ended: true, skipped: null });
});

test('speeds step, and stay at either end', () => {
  expect([steppedSpeed(10, 1), steppedSpeed(10, -1), steppedSpeed(1, -1), steppedSpeed(3600, 1)]).toEqual([
    60, 1, 1, 3600,
  ]);
});

test('the gap beside an instant is never the one that it stands at', () => {
  const beside = [5_000, 10_000, 30_000, 41_000, 70_000].map((at) => [gapBeside(gaps, at, -1), gapBeside(gaps, at, 1)]);
  expect(beside).toEqual([
    [null, 10_000],
    [null, 41_000],
    [10_000, 41_000],
    [10_000, null],
    [41_000, null],
  ]);
});
