import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { temporaryDirectory } from '../../../../e2e/lab/connecting.ts';
import { paxRecord, tar, tarEnd, tarMember, withChecksum, zip, zip64 } from './archive-fixture.ts';
import type { UnpackLimits } from './unpack-limits.ts';
import { bothOf, dumpIn, log, refusalIn, samples, unpackIn } from './unpacked-fixture.ts';

const unpacked = (bytes: Buffer, limits?: Partial<UnpackLimits>) => unpackIn(temporaryDirectory(), bytes, limits);
const refused = (bytes: Buffer, limits?: Partial<UnpackLimits>) => refusalIn(temporaryDirectory(), bytes, limits);

describe('what is opened', () => {
  const all = tar({ name: 'a/', type: '5' }, ...dumpIn('./a/b'), { name: 'a/b/notes.txt', body: 'x' }, ...dumpIn('c'));
  const both = { files: { ...bothOf('a/b'), ...bothOf('c') }, notes: [] };
  const zipped = [...dumpIn('a/b'), { name: 'a/b/notes.txt', body: 'x' }, ...dumpIn('c')];

  test.each([
    { name: 'tar', bytes: all },
    { name: 'tar.gz', bytes: gzipSync(all) },
    {
      name: 'tar.gz of two members',
      bytes: Buffer.concat([gzipSync(all.subarray(0, 999)), gzipSync(all.subarray(999))]),
    },
    { name: 'tar.zst', bytes: zstdCompressSync(all) },
    { name: 'zip', bytes: zip(zipped) },
    { name: 'zip that was streamed', bytes: zip(zipped.map((one) => ({ ...one, isStreamed: true }))) },
    { name: 'zip with numbers of zip64', bytes: zip64(zipped.map((one) => ({ ...one, isZip64: true }))) },
    { name: 'zip without packing', bytes: zip(zipped.map((one) => ({ ...one, method: 0 }))) },
    { name: 'zip with zstd', bytes: zip(zipped.map((one) => ({ ...one, method: 93 }))) },
    { name: 'zip with a comment', bytes: zip(zipped, { comment: 'PK\x05\x06'.padEnd(99) }) },
    { name: 'zip of Windows', bytes: zip(zipped.map((one) => ({ ...one, name: one.name.replaceAll('/', '\\') }))) },
  ])('$name: every dump in it, and nothing else', async ({ bytes }) => {
    expect(await unpacked(bytes)).toEqual(both);
  });

  test.each([
    { name: 'one log, packed', bytes: gzipSync(log), file: 'commands.log', text: log },
    { name: 'samples, packed', bytes: zstdCompressSync(Buffer.from(samples)), file: 'samples.log', text: samples },
  ])('$name', async ({ bytes, file, text }) => {
    expect(await unpacked(bytes)).toEqual({ files: { [`:${file}`]: text }, notes: [] });
  });

  test('a copy that desktops know, in a directory of its own', async () => {
    const bytes = tar({ name: 'x/tank.rackside-dump', body: log }, { name: 'x/other.rackside-dump', body: 'o' });
    const files = { 'x/tank.rackside-dump:commands.log': log, 'x/other.rackside-dump:commands.log': 'o' };
    expect(await unpacked(bytes)).toEqual({ files, notes: [] });
  });

  test('names longer than a header holds', async () => {
    const long = 'd'.repeat(150);
    const pax = { name: 'x', type: 'x', body: paxRecord('mtime', '1') + paxRecord('path', `pax-${long}/commands.log`) };
    const gnu = { name: '././@LongLink', type: 'L', body: `gnu-${long}/commands.log\0` };
    const member = { name: 'cut', body: log };
    const prefixed = Buffer.from(tarMember({ name: 'commands.log', body: log }));
    prefixed.write(`ustar-${'u'.repeat(100)}`, 345);
    const bytes = Buffer.concat([...[pax, member, gnu, member].map(tarMember), withChecksum(prefixed), tarEnd]);
    const names = [`pax-${long}`, `gnu-${long}`, `ustar-${'u'.repeat(100)}`];
    const files = Object.fromEntries(names.map((name) => [`${name}:commands.log`, log]));
    expect(await unpacked(bytes)).toEqual({ files, notes: [] });
  });

  test('only its owner may read what is unpacked', async () => {
    const folder = temporaryDirectory();
    await unpackIn(folder, tar(...dumpIn('a')));
    const paths = ['into', 'into/1', 'into/1/commands.log'];
    const modes = await Promise.all(paths.map(async (path) => (await stat(join(folder, path))).mode & 0o777));
    expect(modes).toEqual([0o700, 0o700, 0o600]);
  });
});

describe('what leads elsewhere', () => {
  const names = [
    '../commands.log',
    'a/../../commands.log',
    '/etc/commands.log',
    'C:\\x\\commands.log',
    '..\\commands.log',
  ];
  const note = '6 names lead out of the archive, and were left out.';

  test.each([
    { name: 'tar', bytes: tar(...[...names, '/x'].map((name) => ({ name, body: 'bad' })), ...dumpIn('a')) },
    { name: 'zip', bytes: zip([...[...names, '/x'].map((name) => ({ name, body: 'bad' })), ...dumpIn('a')]) },
  ])('names in a $name', async ({ bytes }) => {
    const folder = temporaryDirectory();
    expect(await unpackIn(folder, bytes)).toEqual({ files: bothOf('a'), notes: [note] });
    expect([(await readdir(folder)).sort(), await readdir(join(folder, 'into'))]).toEqual([['into', 'mailed'], ['1']]);
  });

  test('an archive of nothing else is refused, and says why', async () => {
    expect(await refused(tar({ name: '/commands.log', body: log }))).toEqual({
      code: 'bad_input',
      step: 'unpack',
      message: expect.stringMatching(/holds no dump.* 1 name leads out of the archive, and was left out\.$/),
      left: ['mailed'],
    });
  });

  test('links, devices and FIFOs are neither followed nor made', async () => {
    const kinds = { 1: 'l', 2: 's', 3: 'c', 4: 'b', 6: 'f' };
    const members = Object.entries(kinds).map(([type, directory]) => ({
      ...{ name: `${directory}/commands.log`, type, linkTo: '/etc/passwd' },
    }));
    const links = ['“l/commands.log” is a link', '“s/commands.log” is a link'];
    const devices = ['c', 'b', 'f'].map((directory) => `“${directory}/commands.log” is a device or a FIFO`);
    expect(await unpacked(tar(...members, ...dumpIn('a')))).toEqual({
      files: bothOf('a'),
      notes: [...links, ...devices].map((one) => `${one}, and was left out.`),
    });
    const zipped = [
      { name: 's/commands.log', body: '/etc/passwd', mode: 0o120777 },
      { name: 'f/samples.log', mode: 0o10600 },
    ];
    expect(await unpacked(zip([...zipped, ...dumpIn('a')]))).toEqual({
      files: bothOf('a'),
      notes: [
        '“s/commands.log” is a link, and was left out.',
        '“f/samples.log” is a device or a FIFO, and was left out.',
      ],
    });
  });
});

describe('what is too much', () => {
  const zeros = { name: 'zeros', body: Buffer.alloc(4 << 20) };
  const message = 'it was not unpacked. If you trust it, unpack it yourself and open the folder.';

  test.each([
    { name: 'gzip', bytes: gzipSync(tar(...dumpIn('a'), zeros)) },
    { name: 'zstd', bytes: zstdCompressSync(tar(...dumpIn('a'), zeros)) },
    { name: 'zip', bytes: zip([...dumpIn('a'), { ...zeros, name: 'z/commands.log' }]) },
  ])('a bomb of $name by its ratio', async ({ bytes }) => {
    expect(await refused(bytes, { maxRatio: 100, ratioFrom: 1 << 20 })).toMatchObject({
      ...{ code: 'bad_input', message: `More than 100 times its size comes out of this archive: ${message}` },
      left: ['mailed'],
    });
  });

  test('more bytes than are allowed, whatever becomes of them', async () => {
    expect(await refused(gzipSync(tar(zeros)), { maxBytes: 1 << 20 })).toMatchObject({
      ...{ code: 'bad_input', message: `More than 1.00 MB come out of this archive: ${message}`, left: ['mailed'] },
    });
  });

  test('more members than are allowed', async () => {
    const members = Array.from({ length: 50 }, (_, index) => ({ name: `x${index}` }));
    for (const bytes of [tar(...members), zip(members)]) {
      expect(await refused(bytes, { maxMembers: 40 })).toMatchObject({
        ...{ code: 'bad_input', message: `This archive has more than 40 members: ${message}`, left: ['mailed'] },
      });
    }
  });

  test('more dumps than are allowed: the first are opened', async () => {
    expect(await unpacked(tar(...dumpIn('a'), ...dumpIn('b')), { maxDumps: 1 })).toEqual({
      files: bothOf('a'),
      notes: ['The archive holds more than 1 dumps; the others were left out.'],
    });
  });

  test('more than the disk has room for', async () => {
    expect(await refused(tar(...dumpIn('a')), { reserveBytes: 2 ** 60 })).toMatchObject({
      ...{ code: 'not_permitted', message: expect.stringContaining('no room'), left: ['mailed'] },
    });
  });

  test('an archive in an archive is not opened', async () => {
    const inner = { name: 'inner.tar.gz', body: gzipSync(tar(...dumpIn('b'))) };
    expect(await unpacked(tar(inner, ...dumpIn('a')))).toEqual({ files: bothOf('a'), notes: [] });
  });
});
