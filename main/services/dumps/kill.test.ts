import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compileWriter, killWriter, remainsOf } from './kill-fixture.ts';

const kills = 20;

test(`${kills} writers are killed at any instant: each tears the last entry at most, and samples agree`, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rackside-killed-'));
  try {
    compileWriter(folder);
    let entries = 0;
    const instants = Array.from({ length: kills }, (_, n) => n);
    // Two at a time: what takes long is to start.
    await Promise.all(
      [0, 1].map(async (half) => {
        for (const n of instants.filter((one) => one % 2 === half)) {
          const directory = join(folder, `dump ${n}`);
          await killWriter(folder, directory, 5 + 40 * Math.random());
          const remains = await remainsOf(directory);
          entries += remains.entries;
          expect({ ...remains, entries: 0, tornAtEnd: 0 }).toMatchObject({ damaged: 0, wrongSamples: 0 });
          expect([remains.tornAtEnd, remains.missingSamples].every((count) => count === 0 || count === 1)).toBe(true);
          await rm(directory, { recursive: true });
        }
      }),
    );
    // They were killed while they wrote, and not before.
    expect(entries).toBeGreaterThan(10 * kills);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 60_000);
