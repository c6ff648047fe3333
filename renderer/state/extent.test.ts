import { expect, test } from 'vitest';
import { extentSpan, settledSpan } from './extent.ts';

test('the span of a dump has a little room, and none where it is empty', () => {
  expect([
    extentSpan({ first: 0, last: 1_000_000, bytes: 1 }),
    extentSpan({ first: 50_000, last: 50_000, bytes: 1 }),
    extentSpan({ first: null, last: null, bytes: 0 }),
  ]).toEqual([{ from: -10_000, to: 1_010_000 }, { from: 48_000, to: 52_000 }, null]);
});

test.each([
  { name: 'while it comes in, what it will be', told: [0, 100], sampled: [0, 10], complete: false, span: [0, 100] },
  {
    name: 'nearly all of it is sampled: the axis stays',
    told: [0, 100],
    sampled: [1, 98],
    complete: true,
    span: [0, 100],
  },
  {
    name: 'one instant far off has no samples',
    told: [0, 9000],
    sampled: [8900, 9000],
    complete: true,
    span: [8900, 9000],
  },
  { name: 'nothing in it is known', told: [0, 100], sampled: null, complete: true, span: null },
  { name: 'nothing of it is known yet', told: [0, 100], sampled: null, complete: false, span: [0, 100] },
  { name: 'nothing is told', told: null, sampled: [0, 10], complete: false, span: [0, 10] },
])('the span of a dump: $name', ({ told, sampled, complete, span }) => {
  const of = (ends: readonly number[] | null) => (ends === null ? null : { from: ends[0] ?? 0, to: ends[1] ?? 0 });
  expect(settledSpan(of(told), of(sampled), complete)).toEqual(of(span));
});
