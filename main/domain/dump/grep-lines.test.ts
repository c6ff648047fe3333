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
  ...['0:===== a', '+$ x', '+exit', '+', '--', '+', '24:===== b', '+$ 5:6-7', '+\0z'],
  ...['--', '+-', '92:===== 1-2'],
].join('\n');

test('lines stand where grep says, with the newline before each group; neighbours are one piece', () => {
  const pieces = [
    [0, '===== a\n$ x\nexit\n\n'],
    [22, '\n\n===== b\n$ 5:6-7\n\0z\n'],
    [89, '\n-\n===== 1-2\n'],
  ];
  for (const chunk of [1, 3, 7, 1000]) expect(read(`${printed}\n`, chunk)).toEqual(pieces);
});

test('of a long line only the beginning is kept, and what is around it stands where it did', () => {
  const long = 'x'.repeat(100);
  const lines = [`+${long}`, '200:===== a', `+${long}`, '+exit', '--', `500:===== ${long}`, '+y', ''].join('\n');
  const kept = 'x'.repeat(25);
  for (const chunk of [1, 7, 1000]) {
    expect(read(lines, chunk, 10)).toEqual([
      [98, `\n${kept}`],
      [200, `===== a\n${kept}`],
      [309, 'exit\n'],
      [499, `\n===== ${'x'.repeat(16)}`],
      [607, 'y\n'],
    ]);
  }
});

test('a group that goes on and on is given in parts', () => {
  const entry = (at: number) => `${at}:===== ${'t'.repeat(992)}\n`;
  const count = 600;
  const pieces = read(Array.from({ length: count }, (_, index) => entry(index * 999)).join(''), 5000, 2000);
  expect(pieces.length).toBeGreaterThan(1);
  let end = 0;
  for (const [offset, text] of pieces) {
    expect(offset).toBe(end);
    end += text.length;
  }
  expect(end).toBe(count * 999);
});

test('what is no such line is passed over, and nothing throws', () => {
  expect(read('grep: x\n-\n:\n99999999999999999:x\n+no\n--\n8:ok\n1:elsewhere\n')).toEqual([
    [7, '\nok\n'],
    [0, '\nelsewhere\n'],
  ]);
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 200 }),
      fc.integer({ min: 1, max: 50 }),
      (bytes, chunk) => void read(bytes, chunk),
    ),
  );
});
