import { expect, test } from 'vitest';
import { chunkBytes } from './file-window.ts';
import { type Pattern, searchBytes } from './search-bytes.ts';

/** More than two chunks of lines, whose ends lie within lines: many thousand matches in each. */
const line = `faulted!${' '.repeat(90)}\n`;
const lines = Math.ceil((2.5 * chunkBytes) / line.length);
const file = Buffer.from(line.repeat(lines));

/** @param cuts where further threads would begin */
async function search(bytes: Buffer, pattern: Pattern, cuts: readonly number[] = []) {
  const reader = {
    read: async (buffer: Buffer, offset: number, length: number, position: number) => ({
      bytesRead: bytes.subarray(position, position + length).copy(buffer, offset),
    }),
  };
  const offsets: number[] = [];
  const lengths: number[] = [];
  const places = [0, ...cuts, bytes.length];
  for (const [index, from] of places.slice(0, -1).entries()) {
    const stretch = { from, to: places[index + 1] as number, fileSize: bytes.length };
    for await (const matches of searchBytes(reader, pattern, stretch)) {
      for (const offset of matches.offsets) offsets.push(offset);
      for (const length of matches.lengths) lengths.push(length);
    }
  }
  return { offsets, lengths };
}

async function found(pattern: Pattern) {
  const { offsets, lengths } = await search(file, pattern);
  return {
    count: offsets.length,
    first: offsets[0],
    apart: new Set(offsets.slice(1).map((offset, index) => offset - (offsets[index] as number))),
    lengths: new Set(lengths),
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

/** Longer than a chunk, with lines of all lengths, some longer than the text that is looked through at once. */
const uneven = Buffer.from(
  Array.from({ length: 700 }, (_, n) => {
    const size = n % 50 === 0 ? 150_000 + n : (n * 7919) % 9000;
    return `a begin ${n} ${'filling '.repeat(size / 8)}end a\n`;
  }).join(''),
);

test.each([
  'end a\\nA BEGIN',
  '[^g]end\\s+a\\sbegin \\d*',
  '(?s:end a.a) begin',
  '^a begin',
  'end a$',
  'end a\\na begin|a begin',
  'begin (?=.*00)|end',
  'a\\b',
])('finds what the whole text would give for %s, wherever it is cut', async (text) => {
  const whole = [...uneven.toString('latin1').matchAll(new RegExp(text, 'gim'))];
  const expected = {
    offsets: whole.map(({ index }) => index),
    lengths: whole.map(([match]) => match.length),
  };
  const pattern = { text, regex: true, matchCase: false };
  expect(await search(uneven, pattern)).toEqual(expected);
  // Behind lines, in one, and so near to one another that a match crosses them.
  const cuts = ['a begin 100 ', 'a begin 101 ', 'begin 350 ', ' begin 351'].map((place) => uneven.indexOf(place));
  expect(await search(uneven, pattern, cuts)).toEqual(expected);
});

test.each([
  ['a rare letter', Buffer.from(`${'abc '.repeat(20_000)}xyz abc`.repeat(200)), 'c xyz ab'],
  ['letters that are all frequent', Buffer.from('abcabd'.repeat(1 << 20)), 'cabdab'],
  ['a letter that is frequent later', Buffer.from('ab '.repeat(9000) + 'xab'.repeat(1 << 20)), 'xabxab'],
])('a text with %s is found wherever the file is cut', async (_, bytes, text) => {
  const expected: number[] = [];
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + text.length)) expected.push(at);
  const pattern = { text, regex: false, matchCase: true };
  const cuts = [expected[0] as number, (expected[1] as number) + 1];
  const [whole, inParts] = [await search(bytes, pattern), await search(bytes, pattern, cuts)];
  expect([whole.offsets.length, whole.offsets.slice(0, 3)]).toEqual([expected.length, expected.slice(0, 3)]);
  expect(inParts).toEqual(whole);
});
