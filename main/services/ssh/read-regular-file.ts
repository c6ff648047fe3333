import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { createTurns } from './turns.ts';

/** A file system that hangs keeps one of the few threads that all file access shares: it gets no more than these. */
const turns = createTurns(2);
const deadlineMs = 10_000;
const chunkBytes = 64 << 10;

/**
 * The whole of a file that a configuration names, of at most so many bytes. What is not a file is not read: a pipe or a
 * device might never end. Throws what the system says, or an Error whose message goes on after the path.
 */
export async function readRegularFile(path: string, maxBytes: number): Promise<Buffer> {
  const late = AbortSignal.timeout(deadlineMs);
  const silence = Promise.withResolvers<never>();
  const silent = () => silence.reject(new Error('does not answer: its file system hangs'));
  late.addEventListener('abort', silent, { once: true });
  silence.promise.catch(() => {});
  try {
    const leave = await turns.take('file', late).catch(() => silence.promise);
    // The turn ends with the read, also when nobody waits for it any more.
    const reading = read(path, maxBytes).finally(leave);
    reading.catch(() => {});
    return await Promise.race([reading, silence.promise]);
  } finally {
    late.removeEventListener('abort', silent);
  }
}

async function read(path: string, maxBytes: number): Promise<Buffer> {
  const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = await handle.stat();
    if (stats.isDirectory()) throw new Error('is a directory');
    if (!stats.isFile()) throw new Error('is not a file, but a pipe or a device');
    const parts: Buffer[] = [];
    // One byte more than there should be, so that the first read also finds the end.
    let length = Math.min(stats.size, maxBytes) + 1;
    for (let bytes = 0; ; length = chunkBytes) {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(length), 0, length, null);
      bytes += bytesRead;
      if (bytes > maxBytes) throw new Error(`is larger than ${maxBytes >> 10} KiB`);
      parts.push(buffer.subarray(0, bytesRead));
      if (bytesRead === 0 || bytes === stats.size) return Buffer.concat(parts);
    }
  } finally {
    await handle.close();
  }
}
