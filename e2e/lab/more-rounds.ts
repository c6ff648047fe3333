import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';

/**
 * Waits until a dump that is written on this machine has the fast samples of so many rounds more than now. Its entries
 * say less: the first round alone asks for all that a host can tell, and a dump that ends within it has no sample.
 */
export async function moreRounds(directory: string, rounds: number): Promise<void> {
  const wanted = fastSamples(directory) + rounds;
  await expect.poll(() => fastSamples(directory), { timeout: 60_000, interval: 200 }).toBeGreaterThanOrEqual(wanted);
}

/** Those that another one, or the end, follows: the last may be half there. */
function fastSamples(directory: string): number {
  const file = join(directory, 'samples.log');
  if (!existsSync(file)) return 0;
  const samples = readFileSync(file, 'utf8').split('\n\n').slice(0, -1);
  return samples.filter((text) => /^===== \S+ {2}kind=fast =====\r?\n/.test(text)).length;
}
