import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteReader, ByteWriter } from './bytes.ts';
import { maxMagnitude } from './column.ts';
import { readValue, valueAt, writeValue } from './packed-row.ts';

const value = fc.oneof(
  fc.option(fc.integer({ min: -300, max: 300 })),
  fc.integer({ min: -maxMagnitude, max: maxMagnitude }),
  fc.constantFrom(2 ** 29 - 1, 2 ** 29, -(2 ** 29), 2 ** 30, 2 ** 31, -(2 ** 31), maxMagnitude, -maxMagnitude),
);

test('a row comes back, as a whole and by place', () => {
  fc.assert(
    fc.property(fc.array(value), (values) => {
      const writer = new ByteWriter();
      for (const one of values) writeValue(writer, one, 1);
      const row = writer.finish();
      const reader = new ByteReader(row);
      expect(values.map(() => readValue(reader))).toEqual(values);
      expect(values.map((_, place) => valueAt(row, place))).toEqual(values);
    }),
  );
});

test('what is no number within reason is unknown, and scales round', () => {
  const back = ([given, scale]: readonly [number | null, number]) => {
    const writer = new ByteWriter();
    writeValue(writer, given, scale);
    return valueAt(writer.view(), 0);
  };
  const given = [
    [12.345, 100],
    [-0.4, 1],
    [1536, 1 / 1024],
    [Number.NaN, 1],
    [1e300, 1],
    [-1 / 0, 1],
    [null, 1],
  ] as const;
  expect(given.map(back)).toEqual([1235, 0, 2, null, null, null, null]);
});
