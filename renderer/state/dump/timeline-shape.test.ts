import { expect, test } from 'vitest';
import { barsPath, placeIn, stepAt, timelineSpan, timelineWords } from './timeline-shape.ts';

const timeline = {
  from: Date.UTC(2026, 10, 21, 14),
  stepMs: 1000,
  entries: [4, 0, 1],
  failures: [1, 0, 0],
  bytes: [2048, 0, 10],
  gaps: [{ from: Date.UTC(2026, 10, 21, 14) + 900, to: Date.UTC(2026, 10, 21, 14) + 2100 }],
};

test('where steps are', () => {
  const { from } = timeline;
  expect([
    timelineSpan(timeline, null),
    timelineSpan(timeline, { first: from - 10, last: from + 9000 }),
    stepAt(timeline, from - 5),
    stepAt(timeline, from + 1999),
    stepAt(timeline, from + 1e9),
  ]).toEqual([{ from, to: from + 3000 }, { from: from - 10, to: from + 9000 }, 0, 1, 2]);
});

test('bars, the smallest still seen, and nothing for nothing', () => {
  expect(barsPath([4, 0, 1], 0, 100)).toBe('M0 100v-100h1V100zM2 100v-50h1V100z');
  expect(barsPath([1_000_000, 1], 0, 100)).toContain('M1 100v-5h1V100z');
});

test('what happened at an instant, in words', () => {
  const words = [-1, 0, 1000, 2500, 3001].map((after) => timelineWords(timeline, timeline.from + after, () => 0));
  expect(words).toEqual([
    '2026-11-21 13:59:59: 0 entries, 0 B',
    '2026-11-21 14:00:00: 4 entries, 1 failed, 2.00 KB',
    '2026-11-21 14:00:01: a gap of 1 s',
    '2026-11-21 14:00:02: 1 entry, 10 B',
    '2026-11-21 14:00:03: 0 entries, 0 B',
  ]);
});

test('where a span stands in another', () => {
  expect([
    placeIn({ from: 30, to: 20 }, { from: 0, to: 100 }),
    placeIn({ from: -50, to: 500 }, { from: 0, to: 100 }),
  ]).toEqual([
    { left: '20%', width: '10%' },
    { left: '0%', width: '100%' },
  ]);
});
