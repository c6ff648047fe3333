import { appendFile, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { formatTimestamp } from '../../domain/dump/timestamp.ts';
import { createIndexKeeper, type FoundIndex, type IndexKeeper } from './kept-index.ts';
import { openLogFile } from './log-file.ts';
import { createSamplesLog, type SamplesLog } from './samples-log.ts';

let folder = '';
let path = '';
let keeper: IndexKeeper;
/** What was found of the file, each time that it was looked for. */
let found: (FoundIndex | null)[] = [];

const sample = (index: number) =>
  `===== ${formatTimestamp(1.7e12 + index * 1000)}  kind=fast =====\n{"filling": "${'x'.repeat(4000)}"}\n\n`;
const samples = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => sample(from + i)).join('');

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rackside-kept-'));
  path = join(folder, 'samples.log');
  await writeFile(path, samples(0, 2000));
  const real = createIndexKeeper(join(folder, 'indexes'), 'test');
  found = [];
  keeper = {
    ...real,
    find: async (...asked) => {
      found.push(await real.find(...asked));
      return found.at(-1) ?? null;
    },
  };
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function opened(): Promise<SamplesLog> {
  return createSamplesLog(path, await openLogFile([{ path, handle: await open(path), id: '' }]), keeper);
}

/** How many samples there are, and how much of the file a kept index knew. */
async function countedAnew(): Promise<[count: number, known: number | null]> {
  const log = await opened();
  await log.read(new AbortController().signal);
  const { count } = log;
  await log.close();
  return [count, found.at(-1)?.size ?? null];
}

test('an index is kept from one opening to the next, and read on from where it ends', async () => {
  const size = Buffer.byteLength(samples(0, 2000));
  expect(await countedAnew()).toEqual([2000, null]);
  expect(await countedAnew()).toEqual([2000, size]);
  await appendFile(path, samples(2000, 2100));
  expect(await countedAnew()).toEqual([2100, size]);
});

test('one that was left half made is not kept', async () => {
  const log = await opened();
  const left = new AbortController();
  const reading = log.read(left.signal);
  left.abort(new Error('closed'));
  await expect(reading).rejects.toThrow('closed');
  await log.close();
  expect(await countedAnew()).toEqual([2000, null]);
});

test('a file that is another with the same size is read anew', async () => {
  await countedAnew();
  await writeFile(path, samples(1, 2001));
  expect(await countedAnew()).toEqual([2000, null]);
});
