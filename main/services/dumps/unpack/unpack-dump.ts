import { type FileHandle, mkdir, rm } from 'node:fs/promises';
import { FaultError } from '../../../contract/faults.ts';
import { blockBytes, readTarHeader } from '../../../domain/archive/tar-header.ts';
import { parseSampleSeparator } from '../../../domain/dump/format-sample.ts';
import { hostWords } from '../../../domain/present/host-words.ts';
import { dumpFault } from '../dump-fault.ts';
import { openRegular } from '../open-regular.ts';
import { type ArchiveFormat, archiveFormat } from './archive-format.ts';
import { type ByteSource, createByteSource } from './byte-source.ts';
import { bytesBetween, decompress, type Outcome } from './decompress.ts';
import { createDumpSink, type DumpSink, type UnpackedDump } from './dump-sink.ts';
import { createMeter, type UnpackLimits, type UnpackMeter, usualLimits } from './unpack-limits.ts';
import { unpackPartsOf } from './unpack-parts.ts';
import { unpackTar } from './unpack-tar.ts';
import { unpackZip, type ZipSource } from './unpack-zip.ts';

export interface Unpacked {
  readonly dumps: readonly UnpackedDump[];
  /** What was damaged or left out, in sentences. */
  readonly notes: readonly string[];
}

export interface UnpackOptions {
  /** A directory that is not there yet. It is made (0700), holds files of dumps (0600) and nothing else. */
  readonly into: string;
  readonly limits?: UnpackLimits | undefined;
  readonly signal: AbortSignal;
  /** Bytes of the archive that were read, of all that it has. */
  onProgress(readBytes: number, bytes: number): void;
}

const step = 'unpack';
/** Below a data folder; a console that starts empties it. */
export const unpackFolder = 'unpacked';

/** Whether a path is an archive that can be unpacked, or one log that is packed. Throws as `unpackDump` does. */
export async function isArchive(path: string): Promise<boolean> {
  const handle = await openRegular(path, step).catch((error) => Promise.reject(dumpFault(error, step, path)));
  try {
    return (await archiveFormat(handle, path)) !== null;
  } finally {
    await handle.close();
  }
}

/**
 * Unpacks the dumps of an archive, and nothing else of it; a log that is packed alone becomes a dump of one file. What
 * is whole of a damaged archive is given. Throws a `FaultError`, and leaves nothing: `bad_input` when it is no archive,
 * a bomb, or one without a dump; `not_permitted` when the disk has no room; `cancelled`.
 */
export async function unpackDump(path: string, options: UnpackOptions): Promise<Unpacked> {
  const { into, limits = usualLimits } = options;
  let handle: FileHandle | null = null;
  try {
    handle = await openRegular(path, step);
    const format = await archiveFormat(handle, path);
    if (format === null) throw new FaultError('bad_input', step, `${hostWords(path)} is no archive.`);
    const { size } = await handle.stat();
    await mkdir(into, { recursive: true, mode: 0o700 });
    const meter = await createMeter(limits, size, into);
    const sink = createDumpSink(into, limits, meter);
    try {
      await unpackInto(sink, meter, handle, size, format, path, options);
    } catch (error) {
      await sink.finish();
      throw error;
    }
    const found = foundIn(await sink.finish(), path);
    const notes: string[] = [];
    // Of one that was rotated, parts may be packed in the archive too.
    for (const dump of found.dumps) notes.push(...(await unpackPartsOf(dump.path, meter, options.signal)));
    return { ...found, notes: [...found.notes, ...notes] };
  } catch (error) {
    await rm(into, { recursive: true, force: true });
    throw dumpFault(error, step, path);
  } finally {
    await handle?.close();
  }
}

function foundIn(unpacked: Unpacked, path: string): Unpacked {
  if (unpacked.dumps.length > 0) return unpacked;
  const why = unpacked.notes.length > 0 ? ` ${unpacked.notes.join(' ')}` : '';
  const message = `${hostWords(path)} holds no dump: neither a commands.log nor a samples.log.${why}`;
  throw new FaultError('bad_input', step, message);
}

async function unpackInto(
  sink: DumpSink,
  meter: UnpackMeter,
  handle: FileHandle,
  size: number,
  format: ArchiveFormat,
  path: string,
  { signal, onProgress }: UnpackOptions,
): Promise<void> {
  let readBytes = 0;
  const onRead = (bytes: number): void => {
    readBytes += bytes;
    onProgress(Math.min(readBytes, size), size);
  };
  const zip: ZipSource = { handle, size, signal, onRead };
  if (format === 'zip') return unpackZip(zip, sink, meter);
  const outcome: Outcome = { damage: null, consumed: 0 };
  const packed = bytesBetween(handle, 0, size, signal, onRead);
  const chunks = metered(decompress(packed, format === 'tar' ? 'none' : format, outcome), meter);
  try {
    const source = createByteSource(chunks);
    await unpackStream(source, sink, path);
    // What follows the end of a tar is of no use, but for the checksum behind it.
    await source.skip(Number.MAX_SAFE_INTEGER);
  } finally {
    await chunks.return(undefined);
  }
  if (outcome.damage !== null) sink.note(`The archive could not be read to its end: ${outcome.damage}.`);
}

async function* metered(chunks: AsyncGenerator<Buffer>, meter: UnpackMeter): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    meter.came(chunk.length);
    yield chunk;
  }
}

/** A tar, or one log: the first block tells. */
async function unpackStream(source: ByteSource, sink: DumpSink, path: string): Promise<void> {
  const start = await source.take(blockBytes);
  source.putBack(start);
  if (readTarHeader(start) !== null) return unpackTar(source, sink);
  const line = start.toString('latin1').split('\n', 1)[0] ?? '';
  const isSamples = parseSampleSeparator(line) !== null || (!line.startsWith('=====') && /samples/.test(path));
  const file = await sink.begin(isSamples ? 'samples.log' : 'commands.log', 'file');
  for await (const chunk of source.pass(Number.MAX_SAFE_INTEGER)) await file?.write(chunk);
  await file?.end(true);
}
