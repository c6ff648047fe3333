import { lstat, mkdir, mkdtemp, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDumpFolder } from './dump-folder.ts';

let folder = '';
let now = 0;
let changes = 0;
const inUse = new Set<string>();

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rackside-folder-'));
  now = 0;
  changes = 0;
  inUse.clear();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const openFolder = (maxBytes: number) =>
  createDumpFolder({
    folder,
    maxBytes: () => maxBytes,
    isInUse: (directory) => inUse.has(directory),
    now: () => now,
    onChange: () => {
      changes += 1;
    },
  });

/** A dump of 1000 bytes that was written to at that second. */
async function makeDump(name: string, second: number): Promise<string> {
  const directory = join(folder, name);
  await mkdir(directory);
  for (const file of ['commands.log', 'samples.log']) {
    await writeFile(join(directory, file), 'x'.repeat(500));
    await utimes(join(directory, file), second, second);
  }
  return directory;
}

const names = async () => (await readdir(folder)).filter((name) => !name.startsWith('.')).sort();

/** Begins and ends what was recorded so. */
async function recorded(dumps: ReturnType<typeof openFolder>, name: string, second: number): Promise<string> {
  const directory = await makeDump(name, second);
  (await dumps.begin(directory))();
  await dumps.trim();
  return directory;
}

test('beyond the bound the oldest go, and that is told for a while', async () => {
  const dumps = openFolder(2500);
  for (const [name, second] of [
    ['b', 20],
    ['a', 10],
    ['c', 30],
    ['d', 40],
  ] as const)
    await recorded(dumps, name, second);
  expect([await names(), changes]).toEqual([['c', 'd'], 2]);
  expect(dumps.warnings()).toEqual([
    'The 2 oldest dumps were removed: together the dumps took more than recording.all_dumps_mib allows.',
  ]);
  now = 600_000;
  expect(dumps.warnings()).toEqual([]);
});

test('what is in use stays, and what Rackside did not write, whatever its name', async () => {
  const dumps = openFolder(500);
  const open = await makeDump('open', 1);
  inUse.add(open);
  await dumps.begin(open);
  await makeDump('foreign', 2);
  const annotated = await recorded(openFolder(1e9), 'annotated', 3);
  await writeFile(join(annotated, 'notes.txt'), 'look at 14:03');
  // One of ours was taken away, and another put there under its name.
  const taken = await recorded(openFolder(1e9), 'taken', 4);
  await makeDump('other', 5);
  await rename(taken, join(folder, 'kept elsewhere'));
  await rename(join(folder, 'other'), taken);
  await recorded(openFolder(1e9), 'ours', 6);
  await dumps.trim();
  expect(await names()).toEqual(['annotated', 'foreign', 'kept elsewhere', 'open', 'taken']);
  expect(dumps.warnings()).toEqual([
    'The oldest dump was removed: together the dumps took more than recording.all_dumps_mib allows.',
    expect.stringContaining('none of them may be removed'),
  ]);
});

test('what is gone is forgotten, and what is there is not', async () => {
  const dumps = openFolder(1e9);
  for (let n = 10; n < 30; n++) await rm(await recorded(dumps, `gone ${n}`, n), { recursive: true });
  await recorded(dumps, 'kept', 1);
  const ledger = await readFile(join(folder, '.recorded'), 'utf8');
  expect(ledger.split('\n').map((line) => line.replace(/^\d+ /, ''))).toEqual(['gone 29', 'kept', '']);
  expect((await lstat(join(folder, '.recorded'))).mode & 0o777).toBe(0o600);
});

test('a dump elsewhere is nobody’s to remove, and no folder is made for it', async () => {
  const elsewhere = await mkdtemp(join(tmpdir(), 'rackside-elsewhere-'));
  await rm(folder, { recursive: true });
  const dumps = openFolder(0);
  (await dumps.begin(elsewhere))();
  await dumps.trim();
  await expect(readdir(folder)).rejects.toMatchObject({ code: 'ENOENT' });
  expect(await readdir(elsewhere)).toEqual([]);
  await rm(elsewhere, { recursive: true });
});
