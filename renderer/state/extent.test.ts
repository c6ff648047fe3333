import { expect, test } from 'vitest';
import { extentSpan } from './extent.ts';

test('the span of a dump has a little room, and none where it is empty', () => {
  expect([
    extentSpan({ first: 0, last: 1_000_000, bytes: 1 }),
    extentSpan({ first: 50_000, last: 50_000, bytes: 1 }),
    extentSpan({ first: null, last: null, bytes: 0 }),
  ]).toEqual([{ from: -10_000, to: 1_010_000 }, { from: 48_000, to: 52_000 }, null]);
});
