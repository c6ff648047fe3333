import { FaultError } from '../../../contract/faults.ts';
import {
  centralBytes,
  centralLength,
  endBytes,
  findZipEnd,
  localBytes,
  localLength,
  locatorBytes,
  maxCommentBytes,
  readCentral,
  readLocal,
  readZip64End,
  readZip64Locator,
  readZipEnd,
  type ZipEnd,
  type ZipMember,
  zip64EndBytes,
} from '../../../domain/archive/zip-records.ts';
import type { FileWindow } from '../file-window.ts';

/** Where the list of a zip's members begins, as it claims; null where it has none, as when it was cut. */
export async function findZipList(file: FileWindow, fileSize: number): Promise<ZipEnd | null> {
  const tailAt = Math.max(0, fileSize - endBytes - maxCommentBytes);
  const tail = Buffer.from(await file.read(tailAt, fileSize - tailAt));
  const found = findZipEnd(tail);
  if (found < 0) return null;
  const endAt = tailAt + found;
  const end = readZipEnd(tail, found);
  const full = end.isFull ? await zip64End(file, endAt) : end;
  if (full === null) return null;
  if (full.disks > 1) {
    const message = 'This is a part of a zip in several parts: join them (zip -s 0), and open the result.';
    throw new FaultError('bad_input', 'unpack', message);
  }
  const start = await file.read(full.offset, centralBytes);
  return full.entries === 0 || centralLength(start) !== null ? full : null;
}

async function zip64End(file: FileWindow, endAt: number): Promise<ZipEnd | null> {
  const locatorAt = endAt - locatorBytes;
  const at = locatorAt < 0 ? null : readZip64Locator(await file.read(locatorAt, locatorBytes));
  return at === null ? null : readZip64End(await file.read(at, zip64EndBytes));
}

/** The members that the list names, as far as it reads; the sizes that the end record claims are not believed. */
export async function* listedMembers(file: FileWindow, listAt: number): AsyncGenerator<ZipMember> {
  for (let at = listAt; ; ) {
    const length = centralLength(await file.read(at, centralBytes));
    const member = length === null ? null : readCentral(await file.read(at, length));
    if (member === null) return;
    yield member;
    at += member.length;
  }
}

/** The local record there; null where there is none. */
export async function localMember(file: FileWindow, at: number): Promise<ZipMember | null> {
  const length = localLength(await file.read(at, localBytes));
  return length === null ? null : readLocal(await file.read(at, length));
}

/** The record behind the bytes of a streamed member, which says its checksum; null where none is. */
export async function streamedEnd(file: FileWindow, at: number): Promise<{ crc: number; length: number } | null> {
  const bytes = Buffer.from(await file.read(at, 28));
  const isMarked = bytes.length >= 16 && bytes.readUInt32LE(0) === 0x08074b50;
  // Its sizes have four bytes or eight, and only what follows tells which.
  for (const length of isMarked ? [16, 24] : [12, 20]) {
    const follows = bytes.toString('latin1', length, length + 2);
    if (bytes.length < length || (follows !== '' && follows !== 'PK')) continue;
    return { crc: bytes.readUInt32LE(isMarked ? 4 : 0), length };
  }
  return null;
}
