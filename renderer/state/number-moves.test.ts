import { expect, test } from 'vitest';
import { type Box, numberBeside } from './number-moves.ts';

/** Two rows of three and one of one, under the last column. */
const boxes: Box[] = [...[0, 100, 200].map((x) => at(x, 0)), ...[0, 100, 200].map((x) => at(x, 30)), at(200, 60)];

function at(left: number, top: number): Box {
  return { left, right: left + 40, top, bottom: top + 16 };
}

test.each([
  [0, 'ArrowRight', 1],
  [2, 'ArrowRight', 3],
  [0, 'ArrowLeft', null],
  [6, 'ArrowRight', null],
  [1, 'ArrowDown', 4],
  [3, 'ArrowDown', 6],
  [6, 'ArrowDown', null],
  [6, 'ArrowUp', 5],
  [2, 'ArrowUp', null],
  [4, 'Home', 0],
  [4, 'End', 6],
  [0, 'Home', null],
  [4, 'x', null],
])('from %i by %s to %s', (from, key, to) => {
  expect(numberBeside(boxes, from, key)).toBe(to);
});
