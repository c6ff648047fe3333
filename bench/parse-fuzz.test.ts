import { expect, test } from 'vitest';
import { parseFuzz } from './parse-fuzz.ts';

test('outputs that are spoilt throw nothing, hang nothing, and give no number that is none', () => {
  const { seeds, thrown, notFinite, slow } = parseFuzz(20_000, 7, process.env.RACKSIDE_CORPUS);
  expect({ thrown, notFinite, slow }).toEqual({ thrown: [], notFinite: [], slow: [] });
  expect(seeds).toBeGreaterThan(10);
}, 120_000);
