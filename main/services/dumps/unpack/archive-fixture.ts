import { crc32, deflateRawSync, zstdCompressSync } from 'node:zlib';

/** Archives byte by byte, so that each can have the one fault that its test is about. */

export interface TarMember {
  name: string;
  body?: string | Buffer;
  /** The letter of its kind. */
  type?: string;
  /** In place of what the body has. */
  size?: number;
  linkTo?: string;
}

export const tarEnd = Buffer.alloc(1024);

export function tarMember({ name, body = '', type = '0', size, linkTo = '' }: TarMember): Buffer {
  const bytes = Buffer.from(body);
  const header = Buffer.alloc(512);
  header.write(name, 0, 100);
  header.write('0000644\0', 100);
  header.write((size ?? bytes.length).toString(8).padStart(11, '0'), 124);
  header.write('00000000000\0', 136);
  header.write(type, 156);
  header.write(linkTo, 157, 100);
  header.write('ustar\x0000', 257);
  return Buffer.concat([withChecksum(header), bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
}

export function withChecksum(header: Buffer): Buffer {
  header.fill(' ', 148, 156);
  const sum = header.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

export const tar = (...members: readonly TarMember[]): Buffer => Buffer.concat([...members.map(tarMember), tarEnd]);

/** One record of pax, which counts its own length. */
export function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  let length = Buffer.byteLength(rest);
  while (String(length).length + Buffer.byteLength(rest) !== length) length += 1;
  return `${length}${rest}`;
}

export interface ZipEntry {
  name: string;
  body?: string | Buffer;
  method?: number;
  flags?: number;
  /** Sizes and checksum stand behind the bytes, without them in the local record. */
  isStreamed?: boolean;
  /** The mode of Unix. */
  mode?: number;
  isZip64?: boolean;
  /** What the local record is called instead. */
  localName?: string;
  crc?: number;
  size?: number;
}

export interface ZipOptions {
  /** What stands in the end record. */
  listAt?: number;
  count?: number;
  disk?: number;
  comment?: string;
}

export function zip(entries: readonly ZipEntry[], options: ZipOptions = {}): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let at = 0;
  for (const entry of entries) {
    const local = localOf(entry);
    centrals.push(centralOf(entry, at));
    locals.push(local);
    at += local.length;
  }
  const list = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(options.disk ?? 0, 4);
  end.writeUInt16LE(options.count ?? entries.length, 8);
  end.writeUInt16LE(options.count ?? entries.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(options.listAt ?? at, 16);
  const comment = Buffer.from(options.comment ?? '');
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...locals, list, end, comment]);
}

/** The same with zip64's own end record, and numbers that stand only there. */
export function zip64(entries: readonly ZipEntry[]): Buffer {
  const plain = zip(entries);
  const end = plain.subarray(-22);
  const [size, listAt] = [end.readUInt32LE(12), end.readUInt32LE(16)];
  const full = Buffer.alloc(76);
  full.writeUInt32LE(0x06064b50, 0);
  full.writeBigUInt64LE(44n, 4);
  full.writeBigUInt64LE(BigInt(entries.length), 24);
  full.writeBigUInt64LE(BigInt(entries.length), 32);
  full.writeBigUInt64LE(BigInt(size), 40);
  full.writeBigUInt64LE(BigInt(listAt), 48);
  full.writeUInt32LE(0x07064b50, 56);
  full.writeBigUInt64LE(BigInt(plain.length - 22), 64);
  full.writeUInt32LE(1, 72);
  const short = Buffer.from(end);
  short.fill(0xff, 8, 20);
  return Buffer.concat([plain.subarray(0, -22), full, short]);
}

const packs: Record<number, (bytes: Buffer) => Buffer> = { 8: deflateRawSync, 93: zstdCompressSync };

function packed({ body = '', method = 8 }: ZipEntry): { plain: Buffer; bytes: Buffer } {
  const plain = Buffer.from(body);
  const pack = packs[method];
  return { plain, bytes: pack === undefined ? plain : pack(plain) };
}

function figures(entry: ZipEntry): { crc: number; packedSize: number; size: number } {
  const { plain, bytes } = packed(entry);
  return { crc: entry.crc ?? crc32(plain), packedSize: bytes.length, size: entry.size ?? plain.length };
}

function extraOf(entry: ZipEntry, offset: number | null): Buffer {
  if (!entry.isZip64) return Buffer.alloc(0);
  const { packedSize, size } = figures(entry);
  const numbers = offset === null ? [size, packedSize] : [size, packedSize, offset];
  const extra = Buffer.alloc(4 + 8 * numbers.length);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(8 * numbers.length, 2);
  for (const [index, number] of numbers.entries()) extra.writeBigUInt64LE(BigInt(number), 4 + 8 * index);
  return extra;
}

const flagsOf = ({ flags = 0, isStreamed = false }: ZipEntry): number => flags | (isStreamed ? 8 : 0);

function localOf(entry: ZipEntry): Buffer {
  const { crc, packedSize, size } = figures(entry);
  const name = Buffer.from(entry.localName ?? entry.name);
  const extra = extraOf(entry, null);
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(flagsOf(entry), 6);
  head.writeUInt16LE(entry.method ?? 8, 8);
  if (!entry.isStreamed) {
    head.writeUInt32LE(crc, 14);
    head.writeUInt32LE(entry.isZip64 ? 0xffffffff : packedSize, 18);
    head.writeUInt32LE(entry.isZip64 ? 0xffffffff : size, 22);
  }
  head.writeUInt16LE(name.length, 26);
  head.writeUInt16LE(extra.length, 28);
  const behind = Buffer.alloc(entry.isStreamed ? 16 : 0);
  if (entry.isStreamed) {
    behind.writeUInt32LE(0x08074b50, 0);
    behind.writeUInt32LE(crc, 4);
    behind.writeUInt32LE(packedSize, 8);
    behind.writeUInt32LE(size, 12);
  }
  return Buffer.concat([head, name, extra, packed(entry).bytes, behind]);
}

function centralOf(entry: ZipEntry, offset: number): Buffer {
  const { crc, packedSize, size } = figures(entry);
  const name = Buffer.from(entry.name);
  const extra = extraOf(entry, offset);
  const head = Buffer.alloc(46);
  head.writeUInt32LE(0x02014b50, 0);
  head.writeUInt8(entry.mode === undefined ? 0 : 3, 5);
  head.writeUInt16LE(flagsOf(entry), 8);
  head.writeUInt16LE(entry.method ?? 8, 10);
  head.writeUInt32LE(crc, 16);
  head.writeUInt32LE(entry.isZip64 ? 0xffffffff : packedSize, 20);
  head.writeUInt32LE(entry.isZip64 ? 0xffffffff : size, 24);
  head.writeUInt16LE(name.length, 28);
  head.writeUInt16LE(extra.length, 30);
  head.writeUInt32LE(((entry.mode ?? 0) << 16) >>> 0, 38);
  head.writeUInt32LE(entry.isZip64 ? 0xffffffff : offset, 42);
  return Buffer.concat([head, name, extra]);
}
