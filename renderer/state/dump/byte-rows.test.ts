import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRowIndex, cutRows } from './byte-rows.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const start = { row: 0, start: 0, line: 1, goesOn: false };
const wide = { maxBytes: 80, breakAt: Number.POSITIVE_INFINITY };

function textsOf(bytes: Uint8Array, shape = wide) {
  const { rows } = cutRows(bytes, start, shape, true);
  return rows.map((row) => [row.line, new TextDecoder().decode(bytes.subarray(row.start, row.end))]);
}

test('a row ends behind its line feed; the last one may have none', () => {
  expect(textsOf(encode('a\n\nb'))).toEqual([
    [1, 'a\n'],
    [2, '\n'],
    [3, 'b'],
  ]);
  expect(textsOf(encode(''))).toEqual([]);
});

test('a long line goes on in further rows, never within a character', () => {
  expect(textsOf(encode('aaaéé\nb'), { ...wide, maxBytes: 4 })).toEqual([
    [1, 'aaa'],
    [null, 'éé'],
    [null, '\n'],
    [2, 'b'],
  ]);
});

test('standard error begins a row of its own', () => {
  expect(textsOf(encode('abcd\n'), { maxBytes: 80, breakAt: 2 })).toEqual([
    [1, 'ab'],
    [null, 'cd\n'],
  ]);
});

test('however an output comes in chunks, the index finds the rows that cutting all of it finds', () => {
  const output = fc.array(fc.constantFrom('a', '\n', 'é', '€', '😀', '\u001b'), { maxLength: 3000 });
  fc.assert(
    fc.property(
      output,
      fc.array(fc.integer({ min: 1, max: 700 })),
      fc.integer({ min: 4, max: 40 }),
      (parts, sizes, maxBytes) => {
        const bytes = encode(parts.join(''));
        const shape = { maxBytes, breakAt: bytes.length >> 1 };
        const index = createRowIndex(shape);
        let from = 0;
        for (const size of [...sizes, bytes.length]) {
          index.push(bytes.subarray(from, from + size));
          from += size;
        }
        index.end();
        const { rows } = cutRows(bytes, start, shape, true);
        expect(index.count).toBe(rows.length);
        for (const row of [0, 255, 256, 700, rows.length - 1].filter((one) => one >= 0 && one < rows.length)) {
          const { checkpoint, end } = index.before({ row });
          const found = cutRows(bytes.subarray(checkpoint.start, end), checkpoint, shape, true).rows;
          expect(found[row - checkpoint.row]).toEqual(rows[row]);
          const byByte = index.before({ byte: rows[row]?.start ?? 0 });
          expect(byByte.checkpoint.row).toBe(checkpoint.row);
        }
      },
    ),
    { numRuns: 60, seed: 20_261_129 },
  );
});
