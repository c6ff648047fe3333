import { expect, test } from 'vitest';
import { decodeBytes, encodeBytes } from './frames.ts';

test('a binary frame keeps its id and its bytes', () => {
  expect(decodeBytes(encodeBytes(4_000_000_000, new Uint8Array([1, 2])))).toEqual({
    id: 4_000_000_000,
    payload: new Uint8Array([1, 2]),
  });
  expect(decodeBytes(new Uint8Array([1, 2, 3]))).toBeNull();
});
