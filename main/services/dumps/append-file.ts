import { constants, type Stats } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';
import { refuseForeignStats } from './own-files.ts';

/** Writes some of the bytes at the end of a file, and says how many. Tests put a full disk in its place. */
export type Write = (handle: FileHandle, bytes: Uint8Array) => Promise<number>;

export const writeToFile: Write = async (handle, bytes) => (await handle.write(bytes)).bytesWritten;

/** A file that only grows, and that nobody else may read. */
export interface AppendFile {
  /** Bytes that were there when it was opened. */
  readonly size: number;
  /** Bytes that this session has put there. */
  readonly written: number;
  /** Resolves when all is handed to the system; what came to the disk before a failure is in `written`. */
  append(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

const { O_WRONLY, O_APPEND, O_CREAT, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
const ownerOnly = 0o600;

/** Throws a `FaultError` `not_permitted` for a file that is not ours alone, and else what the file system says. */
export async function openAppendFile(path: string, write: Write): Promise<AppendFile> {
  const handle = await open(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK, ownerOnly);
  let found: Stats;
  try {
    found = await handle.stat();
    refuseForeignStats(path, found);
    // An owner may always do so, but for file systems that have no modes, such as a memory stick's.
    if ((found.mode & 0o777) !== ownerOnly) await handle.chmod(ownerOnly).catch(() => undefined);
  } catch (error) {
    await handle.close();
    throw error;
  }
  const { dev, ino, size } = found;
  let written = 0;
  return {
    size,
    get written() {
      return written;
    },
    append: async (bytes) => {
      for (let done = 0; done < bytes.length; ) {
        const count = await write(handle, bytes.subarray(done));
        if (count === 0) throw Object.assign(new Error('nothing was written'), { code: 'EIO' });
        done += count;
        written += count;
      }
      // A file that was deleted takes bytes without an error, and they are lost; one that was moved, or has another in
      // its place, takes them where nobody looks for them.
      const there = await lstat(path).catch((error) => (error.code === 'ENOENT' ? null : Promise.reject(error)));
      if (there?.dev !== dev || there.ino !== ino) throw Object.assign(new Error('not there'), { code: 'ESTALE' });
    },
    close: () => handle.close(),
  };
}
