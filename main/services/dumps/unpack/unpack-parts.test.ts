import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { faultOf } from '../../../../e2e/lab/connecting.ts';
import { unpackedName } from '../dump-files.ts';
import { tar } from './archive-fixture.ts';
import { unpackDump } from './unpack-dump.ts';
import { usualLimits } from './unpack-limits.ts';
import { unpackParts } from './unpack-parts.ts';

let root = '';
let into = '';
const { signal } = new AbortController();

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'rackside-parts-'));
  into = join(root, 'into');
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function part(name: string, bytes: Buffer | string): Promise<string> {
  const path = join(root, name);
  await writeFile(path, bytes);
  return path;
}
const textOf = async (path: string) => readFile(join(into, await unpackedName(path)), 'utf8').catch(() => null);
const words = 'so it was said, and said again\n'.repeat(20_000);

test('each part is unpacked, and found again under whichever number it has', async () => {
  const parts = [
    await part('commands.log.3.zst', zstdCompressSync('c')),
    await part('commands.log.2.gz', gzipSync('b')),
  ];
  const told: number[][] = [];
  const onProgress = (...far: [number, number]) => void told.push(far);
  expect(await unpackParts(parts, { into, signal, onProgress })).toEqual([]);
  expect(await Promise.all(parts.map(textOf))).toEqual(['c', 'b']);
  const [done, all] = told.at(-1) ?? [];
  expect([done, (await readdir(into)).length]).toEqual([all, 2]);
});

test('what is damaged is read as far as it goes, what is none is left out, and the others are read', async () => {
  const cut = await part('commands.log.4.gz', gzipSync(words).subarray(0, -200));
  const none = await part('commands.log.3.gz', 'plain words');
  const whole = await part('commands.log.2.gz', gzipSync('b'));
  expect(await unpackParts([cut, none, whole], { into, signal, onProgress: () => {} })).toEqual([
    '“commands.log.3.gz” was not unpacked. It is not packed as its name says.',
    '“commands.log.4.gz” could not be read to its end: it was cut.',
  ]);
  expect(await Promise.all([none, whole].map(textOf))).toEqual([null, 'b']);
  expect(words.startsWith((await textOf(cut)) ?? '?')).toBe(true);
  expect((await readdir(into)).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('a bomb and a disk without room leave nothing of a part, and say so; the newest come first', async () => {
  const old = await part('commands.log.2.gz', gzipSync(words));
  const recent = await part('commands.log.1.gz', gzipSync('b'));
  for (const limits of [
    { ...usualLimits, maxBytes: 1000 },
    { ...usualLimits, maxRatio: 2, ratioFrom: 10 },
  ]) {
    expect(await unpackParts([old, recent], { into, limits, signal, onProgress: () => {} })).toEqual([
      expect.stringMatching(/^“commands.log.2.gz” was not unpacked. More than /),
    ]);
    expect([await textOf(old), await textOf(recent)]).toEqual([null, 'b']);
    await rm(into, { recursive: true });
  }
  const full = { ...usualLimits, reserveBytes: Number.MAX_SAFE_INTEGER };
  expect(await unpackParts([recent], { into, limits: full, signal, onProgress: () => {} })).toEqual([
    expect.stringContaining('The disk has no room'),
  ]);
});

test('who leaves it has nothing of it left', async () => {
  const path = await part('commands.log.1.gz', gzipSync(words));
  const left = unpackParts([path], { into, signal: AbortSignal.abort(), onProgress: () => {} });
  expect(await faultOf(left)).toMatchObject({ code: 'cancelled', step: 'unpack' });
  expect(await readdir(root)).toEqual(['commands.log.1.gz']);
});

test('in an archive they are unpacked too; those that Rackside does not read stay, and are told of when it is opened', async () => {
  const path = await part(
    'mailed.tar',
    tar(
      { name: 'd/commands.log', body: 'a' },
      { name: 'd/commands.log.1.gz', body: gzipSync('b') },
      { name: 'd/commands.log.2.gz', body: gzipSync(words).subarray(0, -200) },
      { name: 'd/commands.log.3.xz', body: 'x' },
    ),
  );
  const { dumps, notes } = await unpackDump(path, { into, signal, onProgress: () => {} });
  const names = await readdir(dumps[0]?.path ?? '');
  expect([names, notes]).toEqual([
    ['commands.log', 'commands.log.1', 'commands.log.2', 'commands.log.3.xz'],
    ['“commands.log.2.gz” could not be read to its end: it was cut.'],
  ]);
});
