import { expect, test } from 'vitest';
import { dumpFuzz } from './dump-fuzz.ts';

test('damaged dumps: nothing throws, and no whole entry between whole ones is lost', async () => {
  const { damages, sheltered, lost, crashes } = await dumpFuzz(200, 1);
  expect({ damages, lost, crashes }).toEqual({ damages: 200, lost: [], crashes: [] });
  expect(sheltered).toBeGreaterThan(3000);
});
