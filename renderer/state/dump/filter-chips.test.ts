import { expect, test } from 'vitest';
import { filterChips, isFiltering, typedMilliseconds, typedSize, withMark, withPart } from './filter-chips.ts';

const at = Date.parse('2026-11-21T14:03:22Z');

test('each thing that a filter says can be taken away by itself', () => {
  const filter = { from: at, to: at + 60_000, commands: [3], minSize: 4096, exit: 1, marks: ['torn' as const] };
  const chips = filterChips(filter, [{ id: 3, command: 'zpool\tlist' }], () => 60);
  expect(chips.map(({ words, without }) => [words, Object.keys(without)])).toEqual([
    ['2026-11-21 15:03:22 – 2026-11-21 15:04:22', ['commands', 'minSize', 'exit', 'marks']],
    ['zpool\\tlist', ['from', 'to', 'minSize', 'exit', 'marks']],
    ['exit 1', ['from', 'to', 'commands', 'minSize', 'marks']],
    ['≥ 4.00 KB', ['from', 'to', 'commands', 'exit', 'marks']],
  ]);
});

test('nothing is left of a filter whose last part is taken away', () => {
  const marked = withMark(withMark({}, 'failed', true), 'torn', true);
  expect(marked).toEqual({ marks: ['failed', 'torn'] });
  const none = withPart(withMark(withMark(marked, 'failed', false), 'torn', false), 'exit', null);
  expect([none, isFiltering(none), isFiltering(marked)]).toEqual([{}, false, true]);
});

test('amounts as they are typed', () => {
  expect(['512', '4k', '1.5 MB', '2 GiB', 'x', '', '3 q'].map(typedSize)).toEqual([
    512,
    4096,
    1_572_864,
    2_147_483_648,
    null,
    null,
    null,
  ]);
  expect(['200', '200ms', '1,5 s', '2 min', '-1'].map(typedMilliseconds)).toEqual([200, 200, 1500, 120_000, null]);
});
