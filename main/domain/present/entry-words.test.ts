import { expect, test } from 'vitest';
import { exitWords, hasFailed, runWords, stateWords } from './entry-words.ts';

test.each([
  [{ exit: 0, error: null, timedOut: false }, 'exit 0', false],
  [{ exit: 2, error: null, timedOut: false }, 'exit 2', true],
  [{ exit: null, error: null, timedOut: false }, 'no exit', true],
  [{ exit: 124, error: null, timedOut: true }, 'timed out', true],
  [{ exit: null, error: '{:enoent, "zpool"}', timedOut: false }, 'not run', true],
  [{ exit: 2, error: null, timedOut: false, absent: true }, 'absent', false],
])('%j', (ended, words, failed) => {
  const entry = { absent: false, ...ended };
  expect([exitWords(entry), hasFailed(entry)]).toEqual([words, failed]);
});

test('what is wrong, and how long it took', () => {
  expect([stateWords('sound'), stateWords('torn')]).toEqual([null, 'torn: cut before its end']);
  expect([runWords(12), runWords(1500), runWords(125_000)]).toEqual(['12.0 ms', '1.50 s', '2 min 5 s']);
});
