import { mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Fault } from '../../contract/faults.ts';
import type { Write } from './append-file.ts';
import { openDumpWriter } from './dump-writer.ts';
import { countingCollectors, numberedRound, remainsOf } from './kill-fixture.ts';

/** What goes wrong with a disk while a host is recorded: the dump ends, it is said what to do, nothing else happens. */
let folder = '';
let directory = '';
let faults: Fault[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rackside-faults-'));
  directory = join(folder, 'not', 'there', 'yet');
  faults = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const openWriter = (write?: Write, at = directory) =>
  openDumpWriter({
    directory: at,
    collectors: countingCollectors,
    onFault: (fault) => faults.push(fault),
    ...(write && { write }),
  });

type Writer = Awaited<ReturnType<typeof openWriter>>;

async function writeRound(writer: Writer, n: number): Promise<void> {
  for (const record of numberedRound(n)) writer.push(record);
  await writer.idle();
}

test.each([
  ['ENOSPC', 'not_permitted', 'is full: make room and start again'],
  ['EDQUOT', 'not_permitted', 'quota under'],
  ['EROFS', 'not_permitted', 'read-only file system: choose a directory elsewhere'],
  ['EACCES', 'not_permitted', 'permission denied'],
  ['EIO', 'internal', 'may be failing'],
])('%s after the first round: one fault, and the round before is whole', async (code, faultCode, sentence) => {
  let fails = false;
  const writer = await openWriter(async (handle, bytes) => {
    if (fails) throw Object.assign(new Error(code), { code });
    return (await handle.write(bytes)).bytesWritten;
  });
  await writeRound(writer, 1);
  fails = true;
  await writeRound(writer, 2);
  await writeRound(writer, 3);
  await writer.close();
  expect(faults).toEqual([
    { code: faultCode, step: 'record', message: expect.stringMatching(/ Recording stopped; collection goes on\.$/) },
  ]);
  expect(faults[0]?.message).toContain(sentence);
  expect(await remainsOf(directory)).toEqual({
    ...{ entries: 3, damaged: 0, tornAtEnd: 0, wrongSamples: 0, missingSamples: 0 },
  });
});

test('a disk that takes a few bytes at a time gets all of them, in order', async () => {
  let next = 1;
  const writer = await openWriter(async (handle, bytes) => {
    next = (next * 31) % 977;
    return (await handle.write(bytes.subarray(0, next * 10))).bytesWritten;
  });
  for (let n = 1; n <= 3; n++) for (const record of numberedRound(n)) writer.push(record);
  await writer.close();
  expect([faults, await remainsOf(directory)]).toEqual([
    [],
    { entries: 9, damaged: 0, tornAtEnd: 0, wrongSamples: 0, missingSamples: 0 },
  ]);
});

test('a disk that takes nothing, and says no error', async () => {
  const writer = await openWriter(async () => 0);
  await writeRound(writer, 1);
  await writer.close();
  expect(faults).toMatchObject([{ code: 'internal', step: 'record' }]);
});

test.each([
  ['deleted', () => rm(directory, { recursive: true })],
  ['moved', () => rename(directory, join(folder, 'elsewhere'))],
  [
    'replaced by a link to another place',
    async () => {
      await rename(directory, join(folder, 'elsewhere'));
      await mkdir(join(folder, 'trap'));
      await symlink(join(folder, 'trap'), directory);
    },
  ],
  [
    'replaced by another directory',
    async () => {
      await rename(directory, join(folder, 'elsewhere'));
      await mkdir(directory);
      for (const name of ['commands.log', 'samples.log']) await writeFile(join(directory, name), 'of somebody else');
    },
  ],
])('a directory that is %s while it is written', async (_what, change) => {
  const writer = await openWriter();
  await writeRound(writer, 1);
  await change();
  await writeRound(writer, 2);
  await writer.close();
  expect(faults).toEqual([
    {
      code: 'not_found',
      step: 'record',
      message: `${directory} was deleted, moved or replaced meanwhile: record anew. Recording stopped; collection goes on.`,
    },
  ]);
  expect(await readdir(join(folder, 'trap')).catch(() => [])).toEqual([]);
  const other = await readFile(join(directory, 'commands.log'), 'utf8').catch(() => 'of somebody else');
  expect(other).toBe('of somebody else');
});

test('a place where no directory can be made is told, and not tried for ever', async () => {
  await expect(openWriter(undefined, '/proc/nowhere/dump')).rejects.toMatchObject({
    fault: { code: 'not_found', step: 'record' },
  });
});

test('where nothing was written, nothing is left but what was there before', async () => {
  await (await openWriter()).close();
  const before = join(folder, 'before');
  await mkdir(before, { mode: 0o700 });
  await (await openWriter(undefined, before)).close();
  expect([await readdir(join(folder, 'not', 'there')), await readdir(before)]).toEqual([[], []]);
});

test('many dumps on a disk that hangs are bounded together', async () => {
  const hang = Promise.withResolvers<number>();
  const writers = await Promise.all([1, 2, 3, 4, 5].map((n) => openWriter(() => hang.promise, join(folder, `${n}`))));
  const large = { ...numberedRound(1)[1], stdout: new Uint8Array(12 << 20) } as ReturnType<typeof numberedRound>[0];
  for (const writer of writers) for (let n = 0; n < 5; n++) writer.push(large);
  // 60 MiB each: the fifth does not fit into the 256 of all.
  expect(faults).toMatchObject([{ code: 'busy', message: expect.stringContaining('does not keep up') }]);
  hang.reject(new Error('gone'));
  await Promise.all(writers.map((writer) => writer.close()));
  const again = await openWriter(undefined, join(folder, 'again'));
  await writeRound(again, 1);
  await again.close();
  expect((await remainsOf(join(folder, 'again'))).entries).toBe(3);
});
