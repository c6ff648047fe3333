import {
  blockBytes,
  type PaxWords,
  readPax,
  readTarHeader,
  sparseMapGoesOn,
  type TarHeader,
  tarText,
} from '../../../domain/archive/tar-header.ts';
import { hostWords } from '../../../domain/present/host-words.ts';
import type { ByteSource } from './byte-source.ts';
import type { DumpSink, MemberKind } from './dump-sink.ts';

/** Longer words about a member are not read, and those that it has of its header count. */
const maxWordsBytes = 1 << 20;
const noWords: PaxWords = { name: null, size: null, isSparse: false };

/**
 * Hands the members of a tar to the sink. After damage it goes on at the next block that is a header, as a reader of
 * `commands.log` does after a torn entry.
 */
export async function unpackTar(source: ByteSource, sink: DumpSink): Promise<void> {
  let words = noWords;
  let skippedBytes = 0;
  for (let zeros = 0; zeros < 2; ) {
    const block = await source.take(blockBytes);
    if (block.length < blockBytes) {
      sink.note('The archive has no end: it was cut, and what came before that is opened.');
      break;
    }
    const header = readTarHeader(block);
    zeros = header === 'end' ? zeros + 1 : 0;
    if (header === 'end') continue;
    if (header === null) skippedBytes += blockBytes;
    else if (header.type === 'name' || header.type === 'pax') words = await readWords(source, header, words);
    else if (header.type === 'ignored') await source.skip(padded(header.size));
    else {
      await unpackMember(source, header, words, sink);
      words = noWords;
    }
  }
  if (skippedBytes > 0) sink.note(`The archive is damaged: ${skippedBytes} bytes of it belong to no member.`);
}

async function readWords(source: ByteSource, { type, size }: TarHeader, before: PaxWords): Promise<PaxWords> {
  if (size > maxWordsBytes) {
    await source.skip(padded(size));
    return before;
  }
  const bytes = (await source.take(padded(size))).subarray(0, size);
  return type === 'name' ? { ...before, name: tarText(bytes) } : { ...before, ...withoutNulls(readPax(bytes)) };
}

async function unpackMember(source: ByteSource, header: TarHeader, words: PaxWords, sink: DumpSink): Promise<void> {
  const name = words.name ?? header.name;
  const hasBytes = header.type === 'file' || header.type === 'sparse';
  const size = hasBytes ? (words.size ?? header.size) : 0;
  let mapGoesOn = header.mapGoesOn;
  while (mapGoesOn) {
    const block = await source.take(blockBytes);
    mapGoesOn = block.length === blockBytes && sparseMapGoesOn(block);
  }
  const kind: MemberKind = words.isSparse ? 'sparse' : (header.type as MemberKind);
  const file = await sink.begin(name, kind);
  let bytes = 0;
  if (file === null) {
    bytes = await source.skip(size);
  } else {
    for await (const chunk of source.pass(size)) {
      await file.write(chunk);
      bytes += chunk.length;
    }
    await file.end(bytes === size);
    if (bytes < size) sink.note(`${hostWords(name)} came only in part: ${bytes} of ${size} bytes.`);
  }
  if (bytes === size) await source.skip(padded(size) - size);
}

function padded(size: number): number {
  return Math.ceil(size / blockBytes) * blockBytes;
}

/** A later word about a member adds to an earlier one. */
function withoutNulls({ name, size, isSparse }: PaxWords): Partial<PaxWords> {
  return { ...(name === null ? {} : { name }), ...(size === null ? {} : { size }), ...(isSparse ? { isSparse } : {}) };
}
