import type { FileHandle } from 'node:fs/promises';
import { Readable, type Transform } from 'node:stream';
import { createGunzip, createInflateRaw, createZstdDecompress } from 'node:zlib';
import { FaultError } from '../../../contract/faults.ts';
import { readFully } from '../file-window.ts';

/** How bytes are packed; `deflate` is the raw one of zip. */
export type Packing = 'none' | 'gzip' | 'zstd' | 'deflate';

/** What is known when all has come. */
export interface Outcome {
  /** Why it ended early, in words; null where it ended as it should. */
  damage: string | null;
  /** Bytes that it took from what is packed. */
  consumed: number;
}

/** Where the packed bytes are damaged, as much as this of what came before is lost. */
const chunkSize = 16 << 10;
const readBytes = 256 << 10;
/** A checksum stands at the end: asked for apart, it cannot take the bytes before it along. */
const lastBytes = 8;

const makers: Readonly<Record<Exclude<Packing, 'none'>, () => Transform & { readonly bytesWritten: number }>> = {
  gzip: () => createGunzip({ chunkSize }),
  deflate: () => createInflateRaw({ chunkSize }),
  // A frame that asks for more than zstd's usual 128 MiB of memory is refused by it.
  zstd: () => createZstdDecompress({ chunkSize }),
};

/** The bytes between two places of a file, a bounded piece at a time. */
export async function* bytesBetween(
  handle: FileHandle,
  from: number,
  to: number,
  signal: AbortSignal,
  onRead: (bytes: number) => void = () => {},
): AsyncGenerator<Buffer> {
  for (let at = from; at < to; ) {
    if (signal.aborted) throw new FaultError('cancelled', 'unpack', 'Cancelled.');
    const wanted = to - at > lastBytes ? Math.min(readBytes, to - at - lastBytes) : to - at;
    const chunk = await readFully(handle, Buffer.allocUnsafe(wanted), at);
    if (chunk.length === 0) return;
    at += chunk.length;
    onRead(chunk.length);
    yield chunk;
  }
}

/** All that can be had, also of what is damaged or cut: then it ends early, and `outcome` says why. */
export async function* decompress(
  packed: AsyncIterable<Buffer>,
  packing: Packing,
  outcome: Outcome,
): AsyncGenerator<Buffer> {
  if (packing === 'none') {
    for await (const chunk of packed) {
      outcome.consumed += chunk.length;
      yield chunk;
    }
    return;
  }
  const source = Readable.from(packed, { objectMode: false });
  const stream = makers[packing]();
  source.on('error', (error) => stream.destroy(error));
  source.pipe(stream);
  try {
    yield* stream;
  } catch (error) {
    const reason = damageOf(error);
    if (reason === null) throw error;
    // What came before the damage waits in the stream, and its iterator does not hand it out.
    for (let rest = stream.read(); rest !== null; rest = stream.read()) yield rest;
    outcome.damage = reason;
  } finally {
    outcome.consumed = stream.bytesWritten;
    source.destroy();
    stream.destroy();
  }
}

/** Null for what is no damage. */
function damageOf(error: unknown): string | null {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'Z_BUF_ERROR' || message === 'unexpected end of file') return 'it was cut';
  if (code === 'ZSTD_error_frameParameter_windowTooLarge') return 'it needs more memory than is allowed (zstd --long)';
  return code?.startsWith('Z_') || code?.startsWith('ZSTD_') ? `it is damaged (${message})` : null;
}
