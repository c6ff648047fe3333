import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createByteRanges } from './byte-ranges.ts';

const size = 40;
const range = fc.tuple(fc.nat(size), fc.nat(size)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);

test('what is missing is what was never added, as a map of every byte has it', () => {
  fc.assert(
    fc.property(fc.array(range, { maxLength: 12 }), range, (added, [from, to]) => {
      const ranges = createByteRanges();
      const map = new Array<boolean>(size).fill(false);
      for (const [start, end] of added) {
        ranges.add(start, end);
        map.fill(true, start, end);
      }
      const missing = ranges.missing(from, to);
      const told = map.map((_, at) => missing.some((one) => one.from <= at && at < one.to));
      expect(told).toEqual(map.map((isThere, at) => !isThere && from <= at && at < to));
      expect(ranges.bytes).toBe(map.filter((isThere) => isThere).length);
      // As few ranges as there can be, in their order.
      for (const [index, one] of missing.entries()) expect(one.from).toBeGreaterThan(missing[index - 1]?.to ?? -1);
    }),
  );
});
