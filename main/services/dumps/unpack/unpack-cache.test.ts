import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { faultOf } from '../../../../e2e/lab/connecting.ts';
import { tar } from './archive-fixture.ts';
import { createUnpackCache } from './unpack-cache.ts';

let root = '';
let folder = '';
let archive = '';
const { signal } = new AbortController();
const ignore = () => {};

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'rackside-unpack-'));
  folder = join(root, 'cache');
  archive = join(root, 'mailed.tgz');
  await writeFile(archive, gzipSync(tar({ name: 'a/commands.log', body: 'first' })));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const copies = () => readdir(folder).catch(() => []);

test('an archive is unpacked once for all who have it open, and gone with the last of them', async () => {
  const cache = await createUnpackCache({ folder });
  const [one, two] = await Promise.all([cache.open(archive, signal, ignore), cache.open(archive, signal, ignore)]);
  expect([one.dumps, (await copies()).length]).toEqual([two.dumps, 1]);
  await one.close();
  await one.close();
  expect(await readFile(join(two.dumps[0]?.path ?? '', 'commands.log'), 'utf8')).toBe('first');
  await two.close();
  expect(await copies()).toEqual([]);
});

test('a file that has changed is unpacked anew', async () => {
  const cache = await createUnpackCache({ folder });
  const before = await cache.open(archive, signal, ignore);
  await writeFile(archive, gzipSync(tar({ name: 'a/commands.log', body: 'other' })));
  await utimes(archive, 1, 1);
  const after = await cache.open(archive, signal, ignore);
  expect(await readFile(join(after.dumps[0]?.path ?? '', 'commands.log'), 'utf8')).toBe('other');
  await Promise.all([before.close(), after.close()]);
  expect(await copies()).toEqual([]);
});

test('what a killed process left is cleared by the next start', async () => {
  await mkdir(join(folder, 'left', '1'), { recursive: true });
  await writeFile(join(folder, 'left', '1', 'commands.log'), 'old');
  await createUnpackCache({ folder });
  expect(await copies()).toEqual([]);
});

test('who leaves while it is unpacked takes it from nobody else; the last one ends it, and nothing is left', async () => {
  const cache = await createUnpackCache({ folder });
  const leaving = new AbortController();
  const left = faultOf(cache.open(archive, leaving.signal, ignore));
  const staying = cache.open(archive, signal, ignore);
  leaving.abort();
  expect(await left).toMatchObject({ code: 'cancelled', step: 'unpack' });
  expect((await staying).dumps).toHaveLength(1);
  await (await staying).close();

  const alone = new AbortController();
  alone.abort();
  expect(await faultOf(cache.open(archive, alone.signal, ignore))).toMatchObject({ code: 'cancelled' });
  expect(await copies()).toEqual([]);
});

test('an archive that could not be unpacked can be tried again', async () => {
  const cache = await createUnpackCache({ folder });
  await writeFile(archive, 'no archive');
  expect(await faultOf(cache.open(archive, signal, ignore))).toMatchObject({ code: 'bad_input' });
  expect(await faultOf(cache.open(join(root, 'none'), signal, ignore))).toMatchObject({ code: 'not_found' });
  expect(await copies()).toEqual([]);
});
