import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { temporaryDirectory } from '../../../../e2e/lab/connecting.ts';
import { paxRecord, tar, tarMember, withChecksum, zip } from './archive-fixture.ts';
import type { UnpackLimits } from './unpack-limits.ts';
import { bothOf, dumpIn, log, refusalIn, unpackIn } from './unpacked-fixture.ts';

const unpacked = (bytes: Buffer, limits?: Partial<UnpackLimits>) => unpackIn(temporaryDirectory(), bytes, limits);
const refused = (bytes: Buffer, limits?: Partial<UnpackLimits>) => refusalIn(temporaryDirectory(), bytes, limits);

describe('what is damaged', () => {
  const long = { name: 'b/commands.log', body: noise(300_000) };
  const whole = tar(...dumpIn('a'), long);

  test('a tar that was cut: what came whole is opened, and the rest as far as it came', async () => {
    const result = await unpacked(whole.subarray(0, 100_000));
    expect(result).toEqual({
      files: { ...bothOf('a'), 'b:commands.log': long.body.toString('latin1', 0, 100_000 - 5 * 512) },
      notes: [
        `“b/commands.log” came only in part: ${100_000 - 5 * 512} of 300000 bytes.`,
        'The archive has no end: it was cut, and what came before that is opened.',
      ],
    });
  });

  test.each([
    { name: 'gzip', pack: gzipSync },
    { name: 'zstd', pack: zstdCompressSync },
  ])('a tar in $name that was cut', async ({ pack }) => {
    const packed = pack(whole);
    const { files, notes } = await unpacked(packed.subarray(0, packed.length - 5000));
    const came = files['b:commands.log'] ?? '';
    expect(files).toEqual({ ...bothOf('a'), 'b:commands.log': long.body.toString('latin1', 0, came.length) });
    expect(came.length).toBeGreaterThan(150_000);
    expect(notes.at(-1)).toBe('The archive could not be read to its end: it was cut.');
  });

  test('a wrong checksum of gzip is told, and what came is opened', async () => {
    const packed = gzipSync(whole);
    packed.writeUInt32LE(1, packed.length - 8);
    const { files, notes } = await unpacked(packed);
    expect([Object.keys(files).length, notes]).toEqual([
      3,
      ['The archive could not be read to its end: it is damaged (incorrect data check).'],
    ]);
  });

  test('a header of tar that is no header: it goes on at the next one', async () => {
    const damaged = Buffer.from(tar({ name: 'b/commands.log', body: 'lost' }, ...dumpIn('a')));
    damaged[0] = 0xff;
    expect(await unpacked(Buffer.concat([tarMember({ name: 'first' }), damaged]))).toEqual({
      files: bothOf('a'),
      notes: ['The archive is damaged: 1024 bytes of it belong to no member.'],
    });
  });

  test('the same name twice: the last one that is whole counts', async () => {
    const twice = [{ name: 'a/commands.log', body: 'old' }, ...dumpIn('a')];
    const note = '“a/commands.log” is in the archive more than once: the last one that is whole is opened.';
    expect(await unpacked(tar(...twice))).toEqual({ files: bothOf('a'), notes: [note] });
    expect(await unpacked(zip(twice))).toEqual({ files: bothOf('a'), notes: [note] });
    const cut = Buffer.concat([...[...dumpIn('a'), { name: 'a/commands.log', body: log }].map(tarMember)]);
    expect((await unpacked(cut.subarray(0, cut.length - 500))).files).toEqual(bothOf('a'));
  });

  test('a sparse member is told, and what follows it is opened', async () => {
    const header = Buffer.from(tarMember({ name: 's/commands.log', type: 'S', size: 512 }));
    header[482] = 1;
    const map = Buffer.alloc(512);
    const pax = { name: 'x', type: 'x', body: paxRecord('GNU.sparse.name', 'p/commands.log') };
    const note = 'is stored with holes (tar --sparse), which Rackside does not unpack, and was left out.';
    const bytes = [
      withChecksum(header),
      map,
      Buffer.alloc(512, 'x'),
      tarMember(pax),
      tarMember({ name: 'q', body: 'x' }),
    ];
    expect(await unpacked(Buffer.concat([...bytes, tar(...dumpIn('a'))]))).toEqual({
      files: bothOf('a'),
      notes: [`“s/commands.log” ${note}`, `“p/commands.log” ${note}`],
    });
  });

  describe('zip', () => {
    const members = [...dumpIn('a'), long];

    test.each([false, true])('one that was cut: what is whole is opened; streamed: %s', async (isStreamed) => {
      const bytes = zip(members.map((one) => ({ ...one, isStreamed })));
      const { files, notes } = await unpacked(bytes.subarray(0, 50_000));
      const came = files['b:commands.log'] ?? '';
      expect(files).toEqual({ ...bothOf('a'), 'b:commands.log': long.body.toString('latin1', 0, came.length) });
      expect(notes).toEqual([
        'The archive has no list of its members that reads: what is whole of it is opened.',
        '“b/commands.log” came only in part: it was cut.',
      ]);
    });

    test('a list that is not where the end says', async () => {
      const note = 'The archive has no list of its members that reads: what is whole of it is opened.';
      const bytes = zip(dumpIn('a'), { listAt: 0xfffffff0 });
      expect(await unpacked(bytes)).toEqual({ files: bothOf('a'), notes: [note] });
    });

    test('a list that names members where others stand, and more than there are', async () => {
      const lying = [{ name: 'x/commands.log', body: 'x', localName: 'y/other.log' }, ...dumpIn('a')];
      expect(await unpacked(zip(lying, { count: 9 }))).toEqual({
        files: bothOf('a'),
        notes: [
          '“x/commands.log” is not where the archive lists it, and was left out.',
          'The archive lists 3 members and says that it has 9.',
        ],
      });
    });

    test('a wrong checksum is told, and what came is opened', async () => {
      expect(await unpacked(zip([{ name: 'a/commands.log', body: log, crc: 1 }]))).toEqual({
        files: { 'a:commands.log': log },
        notes: ['“a/commands.log” has another checksum than the archive says: it is damaged.'],
      });
    });

    test.each([
      { name: 'encrypted', bytes: zip([{ ...dumpIn('a')[0], name: 'a/commands.log', flags: 1 }]), says: 'encrypted' },
      { name: 'packed by bzip2', bytes: zip([{ name: 'a/commands.log', method: 12 }]), says: 'zip method 12' },
      { name: 'one of several parts', bytes: zip(dumpIn('a'), { disk: 1 }), says: 'join them' },
    ])('$name is refused in a sentence', async ({ bytes, says }) => {
      const message = expect.stringContaining(says);
      expect(await refused(bytes)).toMatchObject({ code: 'bad_input', step: 'unpack', message, left: ['mailed'] });
    });
  });

  test.each([
    { name: 'xz', bytes: Buffer.from('fd377a585a0000', 'hex') },
    { name: 'bzip2', bytes: Buffer.from('BZh91AY&SY') },
    { name: '7z', bytes: Buffer.from('377abcaf271c', 'hex') },
    { name: 'rar', bytes: Buffer.from('Rar!\x1a\x07') },
  ])('$name is refused by its name', async ({ name, bytes }) => {
    const message = expect.stringContaining(`is packed with ${name}, which Rackside does not open: unpack it, and`);
    expect(await refused(bytes)).toMatchObject({ code: 'bad_input', message });
  });
});

/** Bytes that do not pack. */
function noise(length: number): Buffer {
  let state = 1;
  return Buffer.from(
    Array.from({ length }, () => {
      state = Math.imul(state, 1_103_515_245) + 12_345;
      return (state >>> 16) & 0xff;
    }),
  );
}
