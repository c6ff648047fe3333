import { expect, test } from 'vitest';
import { createAlertPace } from './alert-pace.ts';

test('five in a minute are shown, then it is told once that there are more', () => {
  const pace = createAlertPace();
  const taken = [0, 1, 2, 3, 4, 5, 6, 59, 60, 61].map((seconds) => pace.take(seconds * 1000));
  expect(taken).toEqual([...Array(5).fill('show'), 'tell more', 'drop', 'drop', 'show', 'show']);
});
