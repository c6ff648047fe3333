import { expect, test } from 'vitest';
import { chunkBytes } from './file-window.ts';
import { type Pattern, searchBytes } from './search-bytes.ts';

/** More than two chunks of lines, whose ends lie within lines: many thousand matches in each. */
const line = `faulted!${' '.repeat(90)}\n`;
const lines = Math.ceil((2.5 * chunkBytes) / line.length);
const file = Buffer.from(line.repeat(lines));

const reader = {
  read: async (buffer: Buffer, offset: number, length: number, position: number) => ({
    bytesRead: file.subarray(position, position + length).copy(buffer, offset),
  }),
};

async function found(pattern: Pattern) {
  const offsets: number[] = [];
  const lengths = new Set<number>();
  for await (const matches of searchBytes(reader, pattern, 0, file.length)) {
    for (const offset of matches.offsets) offsets.push(offset);
    for (const length of matches.lengths) lengths.add(length);
  }
  return {
    count: offsets.length,
    first: offsets[0],
    apart: new Set(offsets.slice(1).map((offset, index) => offset - (offsets[index] as number))),
    lengths,
  };
}

test.each([
  { name: 'a text', text: 'ulted!', regex: false, matchCase: true, first: 2, length: 6 },
  { name: 'a text in any case', text: 'FAULTED', regex: false, matchCase: false, first: 0, length: 7 },
  { name: 'an expression', text: 'nowhere|l(?=t)t[a-z]+', regex: true, matchCase: true, first: 3, length: 4 },
  { name: 'an expression that may match nothing', text: '!* {0}', regex: true, matchCase: true, first: 7, length: 1 },
])('finds every match of $name, in order, however many', async ({ text, regex, matchCase, first, length }) => {
  expect(await found({ text, regex, matchCase })).toEqual({
    ...{ count: lines, first, apart: new Set([line.length]), lengths: new Set([length]) },
  });
});
