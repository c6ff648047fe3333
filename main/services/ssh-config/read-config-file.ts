import { constants, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { FaultError } from '../../contract/faults.ts';
import type { Trusted } from '../../domain/ssh/config/world.ts';

/** A longer file is no configuration. */
const maxBytes = 4 * 1024 * 1024;
const chunkBytes = 64 * 1024;

/**
 * The text of a configuration file; null when there is none. A directory is an empty file, as to ssh. Throws a fault
 * for what cannot be read, is too long, or could have been written by somebody else.
 */
export async function readConfigFile(path: string, trusted: Trusted): Promise<string | null> {
  let handle: FileHandle;
  try {
    // A pipe that nobody writes to must not be waited for.
    handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw unreadable(path, code);
  }
  try {
    const stats = await handle.stat();
    if (stats.isDirectory()) return '';
    if (trusted === 'when it is ours' && !isOurs(stats)) {
      throw new FaultError(
        'bad_input',
        'ssh config',
        `${path} belongs to somebody else, or others may write to it, so ssh refuses it: chmod go-w ${path}`,
      );
    }
    return await readBounded(handle, path, stats.size);
  } finally {
    await handle.close();
  }
}

/** @param size as the file tells it: what has grown since, or tells none, is read on */
async function readBounded(handle: FileHandle, path: string, size: number): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  // One more than there should be, so that the first read also finds the end.
  let length = Math.min(size, maxBytes) + 1;
  try {
    for (;;) {
      const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(length), 0, length, null);
      bytes += bytesRead;
      if (bytes > maxBytes) throw new FaultError('bad_input', 'ssh config', `${path} is too long for a configuration.`);
      parts.push(buffer.subarray(0, bytesRead));
      if (bytesRead === 0 || bytes === size) return Buffer.concat(parts).toString('utf8');
      length = chunkBytes;
    }
  } catch (error) {
    throw error instanceof FaultError ? error : unreadable(path, (error as NodeJS.ErrnoException).code);
  }
}

/** Of root or of the user, and nobody else may write to it; a group of the user's own may, as Debian's ssh has it. */
function isOurs({ uid, gid, mode }: Stats): boolean {
  const me = process.getuid?.();
  if (me === undefined) return true;
  const ownGroup = gid === me && gid === process.getgid?.();
  return (uid === 0 || uid === me) && (mode & 0o002) === 0 && ((mode & 0o020) === 0 || ownGroup);
}

function unreadable(path: string, code: string | undefined): FaultError {
  return new FaultError('bad_input', 'ssh config', `${path} cannot be read (${code ?? 'no reason given'}).`);
}
