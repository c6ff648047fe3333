import { type FileHandle, open } from 'node:fs/promises';

/** Writes some of the bytes at the end of a file, and says how many. Tests put a full disk in its place. */
export type Write = (handle: FileHandle, bytes: Uint8Array) => Promise<number>;

export const writeToFile: Write = async (handle, bytes) => (await handle.write(bytes)).bytesWritten;

/** A file that only grows, and that nobody else may read. */
export interface AppendFile {
  /** Bytes that this session has put there. */
  readonly written: number;
  /** Resolves when all is handed to the system; what came to the disk before a failure is in `written`. */
  append(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

export async function openAppendFile(path: string, write: Write): Promise<AppendFile> {
  const handle = await open(path, 'a', 0o600);
  let written = 0;
  return {
    get written() {
      return written;
    },
    append: async (bytes) => {
      for (let done = 0; done < bytes.length; ) {
        const count = await write(handle, bytes.subarray(done));
        done += count;
        written += count;
      }
      // A file that was deleted takes bytes without an error, and they are lost.
      if ((await handle.stat()).nlink === 0) throw Object.assign(new Error('deleted'), { code: 'ENOENT' });
    },
    close: () => handle.close(),
  };
}
