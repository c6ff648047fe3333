import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { FaultError } from '../../../contract/faults.ts';
import { hostWords } from '../../../domain/present/host-words.ts';
import { dumpFault } from '../dump-fault.ts';
import { dumpFilesOf, unpackedName } from '../dump-files.ts';
import { openRegular } from '../open-regular.ts';
import { archiveFormat } from './archive-format.ts';
import { bytesBetween, decompress, type Outcome } from './decompress.ts';
import { createMeter, type UnpackLimits, type UnpackMeter, usualLimits } from './unpack-limits.ts';

export interface UnpackPartsOptions {
  /** Is made where it is not there; each part gets its `unpackedName` there. */
  readonly into: string;
  readonly limits?: UnpackLimits | undefined;
  readonly signal: AbortSignal;
  /** Bytes of the parts that were read, of all that they have. */
  onProgress(readBytes: number, bytes: number): void;
}

const step = 'unpack';

/**
 * Unpacks the parts of a dump that a rotation packed. What cannot be had of one is told in the sentences that it gives
 * back, and the others are read. Throws a `FaultError` `cancelled`, and leaves nothing.
 */
export async function unpackParts(paths: readonly string[], options: UnpackPartsOptions): Promise<string[]> {
  const { into, limits = usualLimits, signal, onProgress } = options;
  const sizes = await Promise.all(
    paths.map((path) =>
      stat(path).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  try {
    await mkdir(into, { recursive: true, mode: 0o700 });
    const meter = await createMeter(limits, bytes, into);
    let readBytes = 0;
    const onRead = (count: number): void => {
      readBytes += count;
      onProgress(Math.min(readBytes, bytes), bytes);
    };
    const notes: string[] = [];
    // Where not all can be had, the newest are.
    for (const path of [...paths].reverse()) {
      const to = async () => join(into, await unpackedName(path));
      notes.push(...(await unpackPart(path, to, { meter, signal, onRead })).notes);
    }
    return notes;
  } catch (error) {
    await rm(into, { recursive: true, force: true });
    throw dumpFault(error, step, into);
  }
}

/** The same for parts that came out of an archive, or from a host: they lie unpacked beside one another then. */
export async function unpackPartsOf(directory: string, meter: UnpackMeter, signal: AbortSignal): Promise<string[]> {
  const { packed } = await dumpFilesOf(directory, step);
  const notes: string[] = [];
  for (const path of [...packed].reverse()) {
    const to = async () => path.replace(/\.[^.]+$/, '');
    const { isUnpacked, notes: met } = await unpackPart(path, to, { meter, signal, onRead: () => {} });
    notes.push(...met);
    // One that is not stays, for whoever reads the dump to tell of.
    if (isUnpacked) await rm(path);
  }
  return notes;
}

interface Unpacking {
  readonly meter: UnpackMeter;
  readonly signal: AbortSignal;
  onRead(bytes: number): void;
}

/** What is whole of a damaged one is kept. */
async function unpackPart(
  path: string,
  toPath: () => Promise<string>,
  unpacking: Unpacking,
): Promise<{ isUnpacked: boolean; notes: string[] }> {
  const name = hostWords(basename(path));
  let handle: FileHandle | null = null;
  let part: string | null = null;
  try {
    const to = await toPath();
    handle = await openRegular(path, step);
    part = join(dirname(to), `${basename(to)}.part`);
    const damage = await unpackInto(handle, part, path, unpacking);
    await rename(part, to);
    return { isUnpacked: true, notes: damage === null ? [] : [`${name} could not be read to its end: ${damage}.`] };
  } catch (error) {
    if (part !== null) await rm(part, { force: true });
    const failure = dumpFault(error, step, path);
    if (failure.fault.code === 'cancelled') throw failure;
    return { isUnpacked: false, notes: [`${name} was not unpacked. ${failure.message}`] };
  } finally {
    await handle?.close();
  }
}

async function unpackInto(handle: FileHandle, to: string, path: string, unpacking: Unpacking): Promise<string | null> {
  const { meter, signal, onRead } = unpacking;
  const packing = await archiveFormat(handle, path);
  if (packing !== 'gzip' && packing !== 'zstd') {
    throw new FaultError('bad_input', step, 'It is not packed as its name says.');
  }
  const { size } = await handle.stat();
  const outcome: Outcome = { damage: null, consumed: 0 };
  const out = await open(to, 'wx', 0o600);
  try {
    for await (const chunk of decompress(bytesBetween(handle, 0, size, signal, onRead), packing, outcome)) {
      meter.came(chunk.length);
      meter.keeps(chunk.length);
      for (let done = 0; done < chunk.length; ) done += (await out.write(chunk, done)).bytesWritten;
    }
  } finally {
    await out.close();
  }
  return outcome.damage;
}
