import { expect, test } from 'vitest';
import { createEntryTable } from '../../domain/dump/entry-table.ts';
import { createSearches } from './searches.ts';

/** Ten entries of a hundred bytes. */
const table = createEntryTable();
for (let position = 0; position < 10; position++) {
  const head = { at: position, durationMs: 0, exit: 0, isError: false, size: 80, truncated: false, timedOut: false };
  const places = { stderr: 0, resultAt: 0, length: 20, commandAt: 0 };
  const offset = position * 100;
  table.add(
    {
      type: 'entry',
      head: { ...head, ...places },
      commandId: 0,
      state: 'sound',
      offset,
      bodyOffset: offset + 20,
      size: 80,
    },
    false,
  );
}

const matches = (readBytes: number, ...offsets: number[]) => ({
  ...{ offsets: Float64Array.from(offsets), lengths: new Uint32Array(offsets.length).fill(3), readBytes },
});
const hits = (...offsets: number[]) => offsets.map((offset) => ({ offset, length: 3 }));

test('what two threads find by turns is one search, in the order of the file', () => {
  const search = createSearches().begin(() => table, null);
  const [first, second] = [search.takeFrom(0), search.takeFrom(5)];
  second(matches(200, 510, 690));
  first(matches(100, 30, 31));
  expect(search.progress(1000, false)).toMatchObject({ readBytes: 300, hits: 4, entries: 3, done: false });
  second(matches(500, 950));
  // It begins in an entry of the first and ends in one of the second.
  first(matches(500, 410, 499));
  expect(search.progress(1000, true)).toMatchObject({ readBytes: 1000, hits: 7, entries: 5, done: true });
  expect([0, 1, 4, 5, 6, 7, 9].filter(search.withHits.has)).toEqual([0, 4, 5, 6, 9]);
  expect([search.hitsIn(0, 1000, 100), search.hitsIn(400, 700, 3), search.hitsIn(700, 900, 9)]).toEqual([
    hits(30, 31, 410, 499, 510, 690, 950),
    hits(410, 499, 510),
    [],
  ]);
});

test('only what passes the filter counts, whoever finds it', () => {
  const search = createSearches().begin(() => table, new Set([1, 8]));
  const [first, second] = [search.takeFrom(0), search.takeFrom(5)];
  first(matches(500, 10, 110, 210));
  second(matches(500, 799, 800));
  expect(search.progress(1000, true)).toMatchObject({ hits: 2, entries: 2 });
  expect(search.hitsIn(0, 1000, 9)).toEqual(hits(110, 800));
});
