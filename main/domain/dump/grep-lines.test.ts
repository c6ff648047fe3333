import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createGrepReader } from './grep-lines.ts';

const encoder = new TextEncoder();

function read(printed: string | Uint8Array, chunk = 1000, lineBytes = 100): (readonly [number, string])[] {
  const bytes = typeof printed === 'string' ? encoder.encode(printed) : printed;
  const reader = createGrepReader(lineBytes);
  const found: (readonly [number, string])[] = [];
  for (let at = 0; at <= bytes.length; at += chunk) {
    for (const piece of [
      ...reader.push(bytes.subarray(at, at + chunk)),
      ...(at + chunk > bytes.length ? reader.end() : []),
    ]) {
      found.push([piece.offset, Buffer.from(piece.bytes).toString('latin1')]);
    }
  }
  return found;
}

const printed = [
  ...['0:===== a', '8-$ x', '12-exit', '17-', '--', '23-', '24:===== b', '32-$ 5:6-7', '40-\0z'],
  ...['--', '90-===== 1-2'],
].join('\n');

test('lines stand where grep says, with the newline before each group; neighbours are one piece', () => {
  const pieces = [
    [0, '===== a\n$ x\nexit\n\n'],
    [22, '\n\n===== b\n$ 5:6-7\n\0z\n'],
    [89, '\n===== 1-2\n'],
  ];
  for (const chunk of [1, 3, 7, 1000]) expect(read(`${printed}\n`, chunk)).toEqual(pieces);
});

test('of a line that was cut, its newline is none of the file', () => {
  const cut = `5:${'x'.repeat(8)}`;
  expect(read(`${cut}\n14-y\n`, 1000, 10)).toEqual([
    [4, `\n${'x'.repeat(8)}`],
    [13, '\ny\n'],
  ]);
});

test('what is no such line is passed over, and nothing throws', () => {
  expect(read('grep: x\n-\n:\n99999999999999999:x\n7-ok\n')).toEqual([[6, '\nok\n']]);
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 200 }),
      fc.integer({ min: 1, max: 50 }),
      (bytes, chunk) => void read(bytes, chunk),
    ),
  );
});
