import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatEntry } from '../main/domain/dump/format-entry.ts';
import { plant, tracesOf } from '../main/domain/redact/planted-fixture.ts';
import { openDump } from '../main/services/dumps/open-dump.ts';
import { countsOf, recordOf, slice, writePlanted } from '../main/services/dumps/slice/slice-fixture.ts';
import { randomFrom } from './random.ts';
import type { Report } from './report.ts';

/** The size of a dump whose redaction is timed. */
const timedMiB = 64;
const seed = 20;

/** A slice of what 200 names and secrets were planted in, in each form: what is left of them; and how fast that is. */
export async function redactionBench(report: Report): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'rackside-redaction-'));
  const figure = { bench: 'redaction', rival: null, unit: '', bar: null };
  try {
    const { plants, outputs } = plant(randomFrom(seed));
    const [source, shared] = [join(folder, 'source'), join(folder, 'shared')];
    await writePlanted(source, plants, outputs);
    await slice(source, shared, { words: [], names: [] });
    const all = ['commands.log', 'samples.log']
      .map((name) => readFileSync(join(shared, name), 'utf8'))
      .join('\n')
      .toLowerCase();
    const leaks = plants.flatMap((one) => tracesOf(one).filter((trace) => all.includes(trace)));
    report({ ...figure, figure: 'planted names and secrets', value: plants.length });
    report({ ...figure, figure: 'forms of them that were looked for', value: plants.flatMap(tracesOf).length });
    report({ ...figure, figure: 'leaks', value: leaks.length, bar: 0 });
    const [before, after] = [await countsOf(source), await countsOf(shared)];
    const differing = Object.keys(before).filter(
      (key) => before[key as keyof typeof before] !== after[key as keyof typeof after],
    );
    report({ ...figure, figure: 'counts that differ when it is opened again', value: differing.length, bar: 0 });
    const samples = await differencesIn(source, shared);
    report({ ...figure, figure: 'replayed samples with other values', value: samples, bar: 0 });
    const seconds = await secondsFor(
      folder,
      outputs.map(({ output }) => output),
    );
    report({
      ...figure,
      figure: 'redacting 1 GiB, at the speed of 64 MiB',
      value: (seconds * 1024) / timedMiB,
      unit: 's',
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How many of the samples that both replay to differ in anything but texts. */
async function differencesIn(source: string, shared: string): Promise<number> {
  const [left, right] = [await replayOf(source), await replayOf(shared)];
  const differing = left.filter((sample, index) => sample !== right[index]).length;
  return differing + Math.abs(left.length - right.length);
}

async function replayOf(path: string): Promise<string[]> {
  const dump = await openDump(path);
  const found: string[] = [];
  for await (const sample of dump.replay()) {
    found.push(
      JSON.stringify(sample, (key, value) => (typeof value === 'string' && key !== 'kind' ? value.length : value)),
    );
  }
  await dump.close();
  return found;
}

/** CPU time of both passes over a dump of what monitors print, with what was planted in between. */
async function secondsFor(folder: string, planted: readonly string[]): Promise<number> {
  const source = join(folder, 'large');
  const usual = ['/proc/meminfo', '/proc/stat', '/proc/self/mounts', '/proc/self/status'].map((path) =>
    readFileSync(path, 'utf8'),
  );
  const parts: Uint8Array[] = [];
  for (let bytes = 0, index = 0; bytes < timedMiB << 20; index++) {
    const text =
      index % 500 === 0 ? (planted[(index / 500) % planted.length] as string) : (usual[index % usual.length] as string);
    const entry = formatEntry(recordOf(index, 'cat something', text));
    parts.push(...entry);
    bytes += entry.reduce((sum, { length }) => sum + length, 0);
  }
  mkdirSync(source);
  writeFileSync(join(source, 'commands.log'), Buffer.concat(parts));
  const before = process.cpuUsage();
  await slice(source, join(folder, 'large-shared'), { words: [], names: [] });
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
