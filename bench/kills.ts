import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killOften } from '../main/services/store/kill-fixture.ts';
import { randomFrom } from './random.ts';
import type { Report } from './report.ts';

/** 200 kills of a process that ingests, each at another instant, and what is left of its database. */
export async function killsBench(report: Report): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'rackside-kills-'));
  try {
    const found = await killOften(join(directory, 'rackside.db'), 200, randomFrom(20_260_422));
    const figure = { bench: 'kills', rival: null, unit: '', bar: null };
    report({ ...figure, figure: 'kills while samples are taken in', value: found.kills });
    report({ ...figure, figure: 'samples in sealed blocks at the end', value: found.sealed });
    report({ ...figure, figure: 'databases damaged', value: found.damaged, bar: 0 });
    report({ ...figure, figure: 'written samples lost, doubled or changed', value: found.lost, bar: 0 });
    report({ ...figure, figure: 'flushes missing after one kill', value: found.flushesMissing, bar: 1 });
  } finally {
    rmSync(directory, { recursive: true });
  }
}
