import { expect, test } from 'vitest';
import { fuzz } from './fuzz.ts';

test('hosts that send cut, repeated, reordered, giant, binary and forged frames: no crash, no wrong number, no other host without samples', async () => {
  const { samples, crashes, wrong, growthMiB, lateness } = await fuzz({
    ...{ seconds: 6, hosts: 6, seed: 1, honestSeconds: 1, warmUpSeconds: 2 },
  });
  expect({ crashes, wrong }).toEqual({ crashes: [], wrong: [] });
  expect(samples).toBeGreaterThan(0);
  expect(lateness.length).toBeGreaterThan(0);
  expect(growthMiB).toBeLessThan(32);
}, 60_000);
