import { expect, test } from 'vitest';
import { hexRow, looksBinary, rowPieces } from './row-text.ts';

const encode = (text: string) => new TextEncoder().encode(text);

test('what a terminal would obey is shown, and told apart', () => {
  expect(rowPieces(encode('\u001b[31mred\u001b[0m\u001b]0;title\u0007 \u202eevil\r\n'), 0, [])).toEqual([
    { at: 0, text: '\\x1b[31m', tone: 'escape' },
    { at: 0, text: 'red', tone: 'plain' },
    { at: 0, text: '\\x1b[0m', tone: 'escape' },
    { at: 0, text: '\\x1b]0;title\\x07', tone: 'escape' },
    { at: 0, text: ' \\u202eevil', tone: 'plain' },
  ]);
});

test('hits are pieces of their own, cut where the row ends', () => {
  const hits = [
    { offset: 90, length: 12 },
    { offset: 104, length: 2 },
    { offset: 108, length: 9 },
    { offset: 300, length: 1 },
  ];
  expect(rowPieces(encode('ab cd ef gh\n'), 100, hits)).toEqual([
    { at: 100, text: 'ab', tone: 'hit' },
    { at: 102, text: ' c', tone: 'plain' },
    { at: 104, text: 'd ', tone: 'hit' },
    { at: 106, text: 'ef', tone: 'plain' },
    { at: 108, text: ' gh', tone: 'hit' },
  ]);
});

test.each([
  ['text', encode('grün ✓\n'), false],
  ['words with a NUL between them', encode('restic\0backup\0--repo\0'), false],
  ['NULs', Uint8Array.of(65, 0, 0, 66), true],
  ['a program', Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 3), true],
  ['no UTF-8', Uint8Array.of(0xff, 0xfe, 0xfd, 65, 66), true],
  ['one letter of Latin-1', Uint8Array.of(...encode('a long line of text '), 0xe4), false],
  ['nothing', new Uint8Array(0), false],
])('%s', (_name, bytes, expected) => {
  expect(looksBinary(bytes)).toBe(expected);
});

test('bytes as hexadecimal', () => {
  expect([hexRow(encode('\u007fELF\u0002 plain text!'), 16), hexRow(Uint8Array.of(255), 0)]).toEqual([
    { offset: '00000010', hex: '7f 45 4c 46 02 20 70 6c  61 69 6e 20 74 65 78 74', text: '.ELF. plain text' },
    { offset: '00000000', hex: `ff${' '.repeat(46)}`, text: '.' },
  ]);
});
