import { expect, test } from 'vitest';
import { beforeWords } from './data-age.tsx';

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
