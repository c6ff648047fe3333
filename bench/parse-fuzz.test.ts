import { expect, test } from 'vitest';
import { parseFuzz } from './parse-fuzz.ts';

test('outputs that are spoilt throw nothing, and give no number that is none', () => {
  const { seeds, thrown, notFinite } = parseFuzz(20_000, 7, process.env.RACKSIDE_CORPUS);
  expect({ thrown, notFinite }).toEqual({ thrown: [], notFinite: [] });
  expect(seeds).toBeGreaterThan(10);
}, 120_000);
