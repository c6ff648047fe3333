import { expect, test } from 'vitest';
import { typedInstant } from './typed-instant.ts';

const near = new Date(2026, 10, 21, 14, 3, 22).getTime();

test.each([
  ['14:03', new Date(2026, 10, 21, 14, 3, 0)],
  [' 9:05:07 ', new Date(2026, 10, 21, 9, 5, 7)],
  ['2025-02-28 23:59', new Date(2025, 1, 28, 23, 59, 0)],
  ['2024-01-31T00:00:01', new Date(2024, 0, 31, 0, 0, 1)],
])('%j is an instant', (text, at) => {
  expect(typedInstant(text, near)).toBe(at.getTime());
});

test.each(['', 'now', '14', '24:00', '12:60', '12:00:61', '2025-02-30 10:00', '2025-13-01 10:00', '1:2:3:4'])(
  '%j is none',
  (text) => {
    expect(typedInstant(text, near)).toBeNull();
  },
);
