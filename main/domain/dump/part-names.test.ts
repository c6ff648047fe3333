import { expect, test } from 'vitest';
import { partDirectory, partOfDirectory, rotatedLog } from './part-names.ts';

test('a recording goes on beside its first directory, and each part tells which one it is', () => {
  const names = [1, 2, 14].map((number) => partDirectory('/d/tank', number));
  expect(names).toEqual(['/d/tank', '/d/tank-part-2', '/d/tank-part-14']);
  expect(names.map(partOfDirectory)).toEqual([1, 2, 14].map((number) => ({ first: '/d/tank', number })));
  // Another host's, not a part.
  expect(partOfDirectory('/d/node-2')).toEqual({ first: '/d/node-2', number: 1 });
  expect(partOfDirectory('/d-part-2/tank')).toEqual({ first: '/d-part-2/tank', number: 1 });
});

test.each([
  ['commands.log.1', { log: 'commands.log', number: 1, packing: null }],
  ['samples.log.12', { log: 'samples.log', number: 12, packing: null }],
  ['commands.log.2.gz', { log: 'commands.log', number: 2, packing: 'gz' }],
  ['samples.log.3.zst', { log: 'samples.log', number: 3, packing: 'zst' }],
  ['commands.log.2.zip', null],
  ['commands.log', null],
  ['commands.log.old', null],
  ['commands.log.1.part', null],
  ['xcommands.log.1', null],
  ['commands.log.12345678', null],
])('%s', (name, expected) => expect(rotatedLog(name)).toEqual(expected));
