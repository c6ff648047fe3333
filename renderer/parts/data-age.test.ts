import { expect, test } from 'vitest';
import { ageOf, beforeWords } from './data-age.tsx';

test.each<[string, number | null, number | null, string | null]>([
  ['later in the second that the cursor names', 10_900, 10_000, 'at this instant'],
  ['earlier in it', 10_000, 10_400, 'at this instant'],
  ['seconds before', 9_900, 12_000, '3 s earlier'],
  ['an hour before', 0, 3_723_000, '1 h 2 min earlier'],
  ['behind the cursor, which has moved', 12_000, 11_900, null],
  ['no cursor', 12_000, null, null],
  ['nothing collected', null, 12_000, null],
])('%s', (_, at, cursor, words) => {
  expect(beforeWords(at, cursor)).toBe(words);
});

test('in a cell the seconds between two rounds are now, and count from then on; elsewhere each counts', () => {
  const ages = [0, 1, 9.9, 10, 75];
  expect(ages.map((seconds) => ageOf(seconds, true))).toEqual(['now', 'now', 'now', '10 s ago', '1 min ago']);
  expect(ages.map((seconds) => ageOf(seconds, false))).toEqual(['now', '1 s ago', '9 s ago', '10 s ago', '1 min ago']);
});
