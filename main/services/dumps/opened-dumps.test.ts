import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createOpenedDumps } from './opened-dumps.ts';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rackside-opened-'));
  file = join(folder, 'opened-dumps.json');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const paths = async () => (await createOpenedDumps(file).list()).map(({ path, missing }) => ({ path, missing }));

test('what was opened last stands first and once; what is gone is told, and can be forgotten', async () => {
  const there = join(folder, 'there');
  await mkdir(there);
  await writeFile(join(there, 'commands.log'), 'twelve bytes');
  const gone = join(folder, 'gone.tar.gz');
  const opened = createOpenedDumps(file);
  await Promise.all([opened.note(there), opened.note(gone), opened.note(there)]);
  expect(await opened.list()).toEqual([
    { path: there, modifiedAt: expect.any(Number), bytes: 12, missing: false },
    { path: gone, modifiedAt: 0, bytes: 0, missing: true },
  ]);
  await opened.forget(gone);
  expect(await paths()).toEqual([{ path: there, missing: false }]);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test('forty are remembered', async () => {
  const opened = createOpenedDumps(file);
  for (let n = 0; n < 45; n++) await opened.note(`/dump-${n}`);
  const kept = await paths();
  expect([kept.length, kept[0]?.path, kept.at(-1)?.path]).toEqual([40, '/dump-44', '/dump-5']);
});

test.each(['', 'not json', '{"a": 1}', '[1, "", null, {}]'])('a file that says %j remembers nothing', async (text) => {
  await writeFile(file, text);
  expect(await paths()).toEqual([]);
});

test('a folder that cannot be written to remembers nothing, and throws nothing', async () => {
  const opened = createOpenedDumps(join(folder, 'no', 'opened.json'));
  await opened.note('/a');
  expect(await opened.list()).toEqual([]);
  await createOpenedDumps(file).note('/a');
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(['/a']);
});
