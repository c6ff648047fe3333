import { expect, test } from 'vitest';
import {
  barOfTop,
  maxHeightPx,
  maxTop,
  rowsOfKey,
  rowWindow,
  scrollHeight,
  topOfBar,
  topShowing,
} from './row-scroll.ts';

const short = { count: 1000, rowPx: 20, viewPx: 190 };
const long = { count: 2_400_000, rowPx: 24, viewPx: 480 };

test('the rows in view, at the top, in between and at the end', () => {
  expect([
    rowWindow(short, 0),
    rowWindow(short, 35),
    rowWindow(short, 1e9),
    rowWindow({ ...short, count: 3 }, 50),
  ]).toEqual([
    { first: 0, end: 10, shiftPx: 0 },
    { first: 1, end: 12, shiftPx: 15 },
    { first: 990, end: 1000, shiftPx: 10 },
    { first: 0, end: 3, shiftPx: 0 },
  ]);
});

test('a list that is too long for the page reaches both of its ends by the scroll bar', () => {
  expect([scrollHeight(short), scrollHeight(long)]).toEqual([20_000, maxHeightPx]);
  expect([topOfBar(long, 0), topOfBar(long, maxHeightPx - long.viewPx)]).toEqual([0, maxTop(long)]);
  expect(topOfBar(long, barOfTop(long, 30_000_000))).toBeCloseTo(30_000_000);
  expect(topOfBar(short, barOfTop(short, 700))).toBe(700);
});

test('what is in view stays, what is near comes to the edge, what is far to the middle', () => {
  expect([
    topShowing(short, 100, 6),
    topShowing(short, 100, 4),
    topShowing(short, 100, 14),
    topShowing(short, 100, 500),
    topShowing(short, 100, 999),
  ]).toEqual([100, 80, 110, 9920, 19_810]);
});

test('keys move by rows', () => {
  expect(['ArrowDown', 'PageUp', 'End', 'x'].map((key) => rowsOfKey(key, short))).toEqual([
    1,
    -8,
    Number.POSITIVE_INFINITY,
    null,
  ]);
});
