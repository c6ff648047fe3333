import { expect, test } from 'vitest';
import { nextTab } from './tabs.tsx';

test('arrows go round, Home and End to the ends, other keys nowhere', () => {
  const keys = ['ArrowLeft', 'ArrowRight', 'Home', 'End', 'x'];
  expect([0, 2].map((here) => keys.map((key) => nextTab(key, here, 3)))).toEqual([
    [2, 1, 0, 2, null],
    [1, 0, 0, 2, null],
  ]);
});
