/**
 * Headers of tar in the shapes that are met: https://www.gnu.org/software/tar/manual/html_node/Standard.html, and pax:
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html
 */

/** A header is one block, and what follows it is filled up to whole blocks. */
export const blockBytes = 512;

/** `name`, `pax` and `ignored` describe the next member, or the archive; the others are members. */
export type TarType = 'file' | 'directory' | 'link' | 'special' | 'sparse' | 'name' | 'pax' | 'ignored';

export interface TarHeader {
  readonly name: string;
  readonly type: TarType;
  /** Bytes that follow the header, without what fills up the last block. */
  readonly size: number;
  /** Of a sparse member: a further block with its map follows before its bytes. */
  readonly mapGoesOn: boolean;
}

const types: Readonly<Record<string, TarType>> = {
  '0': 'file',
  '\0': 'file',
  '7': 'file',
  '1': 'link',
  '2': 'link',
  '3': 'special',
  '4': 'special',
  '5': 'directory',
  '6': 'special',
  S: 'sparse',
  L: 'name',
  x: 'pax',
  X: 'pax',
};
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Null: no header. `end`: a block of zeros, two of which end an archive. */
export function readTarHeader(block: Uint8Array): TarHeader | 'end' | null {
  if (block.length < blockBytes) return null;
  if (block.every((byte) => byte === 0)) return 'end';
  if (!hasItsChecksum(block)) return null;
  const size = numberIn(block, 124, 12);
  if (size === null) return null;
  const isUstar = textIn(block, 257, 5) === 'ustar';
  // GNU's own shape has other things in the place of the prefix.
  const prefix = isUstar && block[262] === 0 ? textIn(block, 345, 155) : '';
  const own = textIn(block, 0, 100);
  const name = prefix === '' ? own : `${prefix}/${own}`;
  const type = types[String.fromCharCode(block[156] as number)] ?? 'ignored';
  // Of links and devices nothing follows, whatever stands there.
  const follows = type !== 'link' && type !== 'special' && type !== 'directory';
  return {
    name,
    type: type === 'file' && name.endsWith('/') ? 'directory' : type,
    size: follows ? size : 0,
    mapGoesOn: type === 'sparse' && block[482] === 1,
  };
}

/** True where the map of a sparse member goes on behind this further block of it. */
export function sparseMapGoesOn(block: Uint8Array): boolean {
  return block[504] === 1;
}

/** What pax records say of the next member; keys that do not matter here are passed over. */
export interface PaxWords {
  readonly name: string | null;
  readonly size: number | null;
  readonly isSparse: boolean;
}

/** `25 path=some/name\n`, one after the other; the number counts itself. What does not read so ends the list. */
export function readPax(bytes: Uint8Array): PaxWords {
  let name: string | null = null;
  let size: number | null = null;
  let isSparse = false;
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(0x20, at);
    const length = space < 0 || space - at > 8 ? 0 : Number(decoder.decode(bytes.subarray(at, space)));
    if (!Number.isInteger(length) || length <= space - at + 2 || at + length > bytes.length) break;
    const record = decoder.decode(bytes.subarray(space + 1, at + length - 1));
    const equals = record.indexOf('=');
    const [key, value] = [record.slice(0, equals), record.slice(equals + 1)];
    if (key === 'path') name = value;
    if (key === 'size' && /^\d{1,15}$/.test(value)) size = Number(value);
    if (key.startsWith('GNU.sparse.')) isSparse = true;
    if (key === 'GNU.sparse.name') name = value;
    at += length;
  }
  return { name, size, isSparse };
}

/** The text up to its NUL. */
export function tarText(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return decoder.decode(end < 0 ? bytes : bytes.subarray(0, end));
}

function textIn(block: Uint8Array, at: number, length: number): string {
  return tarText(block.subarray(at, at + length));
}

/** Octal digits or, with the highest bit set, a binary number; null for anything else, or what no file can have. */
function numberIn(block: Uint8Array, at: number, length: number): number | null {
  const field = block.subarray(at, at + length);
  if (field[0] === 0x80) {
    const number = field.subarray(1).reduce((sum, byte) => sum * 256 + byte, 0);
    return number <= Number.MAX_SAFE_INTEGER ? number : null;
  }
  const digits = textIn(block, at, length).trim();
  return /^[0-7]{0,12}$/.test(digits) ? Number.parseInt(digits || '0', 8) : null;
}

/** The sum of all bytes, its own counted as spaces. Old programs summed them as signed. */
function hasItsChecksum(block: Uint8Array): boolean {
  const told = numberIn(block, 148, 8);
  let unsigned = 0;
  let signed = 0;
  for (let at = 0; at < blockBytes; at++) {
    const byte = at >= 148 && at < 156 ? 0x20 : (block[at] as number);
    unsigned += byte;
    signed += byte > 127 ? byte - 256 : byte;
  }
  return told === unsigned || told === signed;
}
