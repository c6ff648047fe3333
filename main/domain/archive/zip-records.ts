/**
 * The records of a zip: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT. All numbers are little-endian; those that do not
 * fit stand in the extra field of zip64.
 */

/** Without what the archive's comment may put behind it. */
export const endBytes = 22;
export const maxCommentBytes = 0xffff;
export const locatorBytes = 20;
export const zip64EndBytes = 56;
export const centralBytes = 46;
export const localBytes = 30;

/** Where the list of all members stands. */
export interface ZipEnd {
  readonly entries: number;
  readonly size: number;
  readonly offset: number;
  /** More than one: only a part of the archive is here. */
  readonly disks: number;
}

export interface ZipMember {
  readonly name: string;
  readonly method: number;
  readonly isEncrypted: boolean;
  /** The sizes and the checksum stand behind the bytes instead of in the local record. */
  readonly isStreamed: boolean;
  readonly kind: 'file' | 'directory' | 'link' | 'special';
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
  /** Of its local record. */
  readonly offset: number;
  /** Bytes of this record. */
  readonly length: number;
}

const signatures = {
  end: 0x06054b50,
  locator: 0x07064b50,
  zip64End: 0x06064b50,
  central: 0x02014b50,
  local: 0x04034b50,
} as const;
const full16 = 0xffff;
const full32 = 0xffffffff;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const latin = new TextDecoder('latin1');

/** The last end record whose comment reaches to the end of these bytes, by its place in them; -1 when there is none. */
export function findZipEnd(tail: Uint8Array): number {
  const view = viewOf(tail);
  for (let at = tail.length - endBytes; at >= 0; at--) {
    if (view.getUint32(at, true) !== signatures.end) continue;
    if (at + endBytes + view.getUint16(at + 20, true) <= tail.length) return at;
  }
  return -1;
}

/** `isFull`: some of its numbers stand in zip64's own end record. */
export function readZipEnd(bytes: Uint8Array, at: number): ZipEnd & { readonly isFull: boolean } {
  const view = viewOf(bytes);
  const entries = view.getUint16(at + 10, true);
  const size = view.getUint32(at + 12, true);
  const offset = view.getUint32(at + 16, true);
  const disk = view.getUint16(at + 4, true);
  const isFull = entries === full16 || size === full32 || offset === full32 || disk === full16;
  return { entries, size, offset, disks: disk === full16 ? 1 : disk + 1, isFull };
}

/** Where zip64's end record stands, from the locator that precedes the end record; null when there is none. */
export function readZip64Locator(bytes: Uint8Array): number | null {
  const view = viewOf(bytes);
  const isOne = bytes.length >= locatorBytes && view.getUint32(0, true) === signatures.locator;
  return isOne ? number64(view, 8) : null;
}

export function readZip64End(bytes: Uint8Array): ZipEnd | null {
  const view = viewOf(bytes);
  if (bytes.length < zip64EndBytes || view.getUint32(0, true) !== signatures.zip64End) return null;
  const [entries, size, offset] = [number64(view, 32), number64(view, 40), number64(view, 48)];
  if (entries === null || size === null || offset === null) return null;
  return { entries, size, offset, disks: view.getUint32(16, true) + 1 };
}

/** How long the central record at the start of these bytes is; null when there is none. */
export function centralLength(bytes: Uint8Array): number | null {
  const view = viewOf(bytes);
  if (bytes.length < centralBytes || view.getUint32(0, true) !== signatures.central) return null;
  return centralBytes + view.getUint16(28, true) + view.getUint16(30, true) + view.getUint16(32, true);
}

/** A member from its record in the list of all; null when its numbers make no sense. */
export function readCentral(bytes: Uint8Array): ZipMember | null {
  const view = viewOf(bytes);
  const length = centralLength(bytes);
  if (length === null || length > bytes.length) return null;
  const flags = view.getUint16(8, true);
  const nameEnd = centralBytes + view.getUint16(28, true);
  const extra = bytes.subarray(nameEnd, nameEnd + view.getUint16(30, true));
  const size = view.getUint32(24, true);
  const packedSize = view.getUint32(20, true);
  const offset = view.getUint32(42, true);
  const full = zip64Numbers(extra, [size, packedSize, offset]);
  if (full === null) return null;
  const name = nameIn(bytes.subarray(centralBytes, nameEnd));
  return {
    name,
    method: view.getUint16(10, true),
    isEncrypted: (flags & 1) !== 0,
    isStreamed: (flags & 8) !== 0,
    kind: kindOf(name, view.getUint8(5), view.getUint32(38, true)),
    crc: view.getUint32(16, true),
    size: full[0] as number,
    packedSize: full[1] as number,
    offset: full[2] as number,
    length,
  };
}

/** How long the local record at the start of these bytes is: the member's bytes follow it. Null when there is none. */
export function localLength(bytes: Uint8Array): number | null {
  const view = viewOf(bytes);
  if (bytes.length < localBytes || view.getUint32(0, true) !== signatures.local) return null;
  return localBytes + view.getUint16(26, true) + view.getUint16(28, true);
}

/** A member from its local record alone, which does not say what kind of file it is; null when it makes no sense. */
export function readLocal(bytes: Uint8Array): ZipMember | null {
  const view = viewOf(bytes);
  const length = localLength(bytes);
  if (length === null || length > bytes.length) return null;
  const flags = view.getUint16(6, true);
  const nameEnd = localBytes + view.getUint16(26, true);
  const full = zip64Numbers(bytes.subarray(nameEnd, length), [view.getUint32(22, true), view.getUint32(18, true), 0]);
  if (full === null) return null;
  const name = nameIn(bytes.subarray(localBytes, nameEnd));
  return {
    name,
    method: view.getUint16(8, true),
    isEncrypted: (flags & 1) !== 0,
    isStreamed: (flags & 8) !== 0,
    kind: name.endsWith('/') ? 'directory' : 'file',
    crc: view.getUint32(14, true),
    size: full[0] as number,
    packedSize: full[1] as number,
    offset: 0,
    length,
  };
}

/** The numbers, those that were full out of the extra field, in its order; null where it lacks one. */
function zip64Numbers(extra: Uint8Array, numbers: readonly number[]): number[] | null {
  const view = viewOf(extra);
  let at = 0;
  let end = 0;
  for (let field = 0; field + 4 <= extra.length; field += 4 + view.getUint16(field + 2, true)) {
    if (view.getUint16(field, true) !== 1) continue;
    at = field + 4;
    end = Math.min(extra.length, at + view.getUint16(field + 2, true));
    break;
  }
  const told: number[] = [];
  for (const number of numbers) {
    if (number !== full32) {
      told.push(number);
      continue;
    }
    const full = at + 8 <= end ? number64(view, at) : null;
    if (full === null) return null;
    told.push(full);
    at += 8;
  }
  return told;
}

/** Many programs write UTF-8 without saying so; of other code pages only ASCII matters here. */
function nameIn(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return latin.decode(bytes);
  }
}

/** By the mode of Unix, where a Unix has made it. */
function kindOf(name: string, system: number, attributes: number): ZipMember['kind'] {
  const unix = 3;
  const type = system === unix ? (attributes >>> 16) & 0o170000 : 0;
  if (type === 0o120000) return 'link';
  if (type !== 0 && type !== 0o100000 && type !== 0o040000) return 'special';
  return type === 0o040000 || name.endsWith('/') ? 'directory' : 'file';
}

/** Null above what a double holds exactly. */
function number64(view: DataView, at: number): number | null {
  const number = view.getUint32(at + 4, true) * 2 ** 32 + view.getUint32(at, true);
  return number <= Number.MAX_SAFE_INTEGER ? number : null;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
