import type { FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import type { ZipMember } from '../../../domain/archive/zip-records.ts';
import { hostWords } from '../../../domain/present/host-words.ts';
import { createFileWindow, type FileWindow } from '../file-window.ts';
import { bytesBetween, decompress, type Outcome, type Packing } from './decompress.ts';
import type { DumpSink, MemberFile } from './dump-sink.ts';
import type { UnpackMeter } from './unpack-limits.ts';
import { findZipList, listedMembers, localMember, streamedEnd } from './zip-members.ts';

const packings: Readonly<Record<number, Packing>> = { 0: 'none', 8: 'deflate', 93: 'zstd' };

export interface ZipSource {
  readonly handle: FileHandle;
  readonly size: number;
  readonly signal: AbortSignal;
  onRead(bytes: number): void;
}

interface Reading extends ZipSource {
  readonly file: FileWindow;
  readonly sink: DumpSink;
  readonly meter: UnpackMeter;
}

/** Hands the members of a zip to the sink: those of its list or, where it has none that reads, one after the other. */
export async function unpackZip(source: ZipSource, sink: DumpSink, meter: UnpackMeter): Promise<void> {
  const reading = { ...source, file: createFileWindow(source.handle), sink, meter };
  const list = await findZipList(reading.file, source.size);
  if (list === null) {
    sink.note('The archive has no list of its members that reads: what is whole of it is opened.');
    return unpackInOrder(reading);
  }
  let members = 0;
  for await (const member of listedMembers(reading.file, list.offset)) {
    members += 1;
    await unpackListed(reading, member);
  }
  if (members === list.entries || (members & 0xffff) === list.entries) return;
  sink.note(`The archive lists ${members} members and says that it has ${list.entries}.`);
}

async function unpackListed(reading: Reading, member: ZipMember): Promise<void> {
  const { sink, file, size } = reading;
  if (!isReadable(reading, member)) return;
  const local = await localMember(file, member.offset);
  if (local === null || local.name !== member.name) {
    sink.note(`${hostWords(member.name)} is not where the archive lists it, and was left out.`);
    return;
  }
  const from = member.offset + local.length;
  const out = await sink.begin(member.name, member.kind);
  if (out !== null) await unpackMember(reading, member, from, Math.min(size, from + member.packedSize), out);
}

/** Without a list: each local record tells where the next one is, or its bytes themselves do. */
async function unpackInOrder(reading: Reading): Promise<void> {
  const { sink, file, size } = reading;
  for (let at = 0; at < size; ) {
    const member = await localMember(file, at);
    if (member === null) return;
    const from = at + member.length;
    const endsItself = member.isStreamed && member.packedSize === 0;
    const isKnown = isReadable(reading, member) && !(endsItself && member.method === 0);
    if (endsItself && !isKnown) return;
    const out = isKnown ? await sink.begin(member.name, member.kind) : null;
    if (!endsItself) {
      at = from + member.packedSize;
      if (out !== null) await unpackMember(reading, member, from, Math.min(size, at), out);
      continue;
    }
    at = from + (await unpackMember(reading, member, from, size, out));
    at += (await streamedEnd(file, at))?.length ?? size;
  }
}

function isReadable({ sink }: Reading, { name, isEncrypted, method, kind }: ZipMember): boolean {
  if (kind !== 'file') return true;
  if (isEncrypted) {
    sink.note('The archive is encrypted: unpack it with its password, and open the folder.');
    return false;
  }
  if (packings[method] !== undefined) return true;
  sink.note(`${hostWords(name)} is packed in a way (zip method ${method}) that Rackside does not read.`);
  return false;
}

/** Gives back how many bytes the member took. `out`: null where it is only passed over. */
async function unpackMember(
  { handle, file, sink, meter, signal, onRead }: Reading,
  member: ZipMember,
  from: number,
  to: number,
  out: MemberFile | null,
): Promise<number> {
  const outcome: Outcome = { damage: null, consumed: 0 };
  const packed = bytesBetween(handle, from, to, signal, onRead);
  let crc = 0;
  for await (const chunk of decompress(packed, packings[member.method] ?? 'none', outcome)) {
    meter.came(chunk.length);
    crc = crc32(chunk, crc);
    await out?.write(chunk);
  }
  const told = member.crc === 0 && member.isStreamed ? await streamedEnd(file, from + outcome.consumed) : member;
  const isCut = member.packedSize > to - from || told === null;
  const reason = outcome.damage ?? (isCut ? 'it was cut' : null);
  const isWhole = reason === null && crc === told?.crc;
  await out?.end(isWhole);
  if (out === null || isWhole) return outcome.consumed;
  if (reason !== null) sink.note(`${hostWords(member.name)} came only in part: ${reason}.`);
  else sink.note(`${hostWords(member.name)} has another checksum than the archive says: it is damaged.`);
  return outcome.consumed;
}
