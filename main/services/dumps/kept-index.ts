import { createHash } from 'node:crypto';
import { mkdir, open, readdir, realpath, rename, rm, stat, utimes } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { readFully } from './file-window.ts';
import type { LogFile } from './log-file.ts';

/** An index as it is kept: what it says in words, and its columns. */
export interface KeptIndex {
  readonly meta: unknown;
  readonly columns: readonly ArrayBuffer[];
}

/** Which file an index is of, and how much of it. */
interface Stamp {
  readonly version: string;
  readonly size: number;
  readonly mtimeMs: number;
  /** SHA-256 of the first 64 KiB, and of the last 64 KiB of what was indexed. */
  readonly head: string;
  readonly tail: string;
}

/** What was found: the same file, or one that has only grown since; `size` is how much of it the index knows. */
export interface FoundIndex extends KeptIndex {
  readonly size: number;
  readonly unchanged: boolean;
}

/** Indexes of files, below one folder; losing one costs a scan. */
export interface IndexKeeper {
  /** Null where there is none that holds of this file as it is now. */
  find(path: string, file: LogFile): Promise<FoundIndex | null>;
  /** Keeps an index of the first `size` bytes; what fails is not told: there is none, then. */
  keep(path: string, file: LogFile, size: number, index: KeptIndex): Promise<void>;
}

/** The index of one file that is open, from its first reading to its close. */
export interface FileIndex {
  /** What is kept of it, before the first reading of that many bytes; null where there is none, and ever after. */
  take(size: number): Promise<FoundIndex | null>;
  /** Keeps what was made, unless another is kept already. */
  keepFirst(wholeBytes: number, make: () => KeptIndex): Promise<void>;
  /**
   * Keeps what is there at the end, where it is of more than what is kept.
   * @param wholeBytes of how much of the file it is; 0 where it is not whole, and nothing is kept
   */
  keepLast(wholeBytes: number, make: () => KeptIndex): Promise<void>;
  /** The file is not what it was. */
  forget(): void;
}

/** Smaller files are read again in less time than an index is found. */
const worthKeeping = 4 << 20;

/** @param keeper null: nothing is kept */
export function createFileIndex(path: string, file: LogFile, keeper: IndexKeeper | null): FileIndex {
  let keptBytes = 0;
  let begun = false;

  async function keep(wholeBytes: number, make: () => KeptIndex): Promise<void> {
    if (keeper === null || wholeBytes < worthKeeping || keptBytes === wholeBytes) return;
    await keeper.keep(path, file, wholeBytes, make());
    keptBytes = wholeBytes;
  }

  return {
    take: async (size) => {
      const isFirst = !begun;
      begun = true;
      const found = isFirst && size >= worthKeeping ? await keeper?.find(path, file) : null;
      keptBytes = found?.size ?? keptBytes;
      return found ?? null;
    },
    keepFirst: async (wholeBytes, make) => {
      if (keptBytes === 0) await keep(wholeBytes, make);
    },
    keepLast: keep,
    forget: () => {
      keptBytes = 0;
    },
  };
}

const edgeBytes = 64 << 10;
/** What all of them may take; the ones that were not used for longest go first. */
const maxBytes = 1 << 30;
const lengthBytes = 4;
const maxHeader = 64 << 20;

/** @param version changes whenever an index would mean something else */
export function createIndexKeeper(folder: string, version: string): IndexKeeper {
  const fileOf = async (path: string) => {
    const name = createHash('sha256')
      // Where a log was rotated, what it is known by may not be there.
      .update(join(await realpath(dirname(path)), basename(path)))
      .digest('hex')
      .slice(0, 32);
    return join(folder, `${name}.index`);
  };

  async function stampOf(file: LogFile, size: number, mtimeMs: number): Promise<Stamp> {
    const edge = async (from: number, to: number) => {
      const bytes = await readFully(file, Buffer.alloc(Math.max(0, to - from)), from);
      return createHash('sha256').update(bytes).digest('hex');
    };
    const head = await edge(0, Math.min(size, edgeBytes));
    const tail = await edge(Math.max(0, size - edgeBytes), size);
    return { version, size, mtimeMs, head, tail };
  }

  return {
    find: async (path, file) => {
      const kept = await readKept(await fileOf(path)).catch(() => null);
      if (kept === null) return null;
      const { stamp, ...index } = kept;
      const { size, mtimeMs } = await file.stat();
      if (stamp.version !== version || size < stamp.size) return null;
      const now = await stampOf(file, stamp.size, stamp.mtimeMs);
      if (now.head !== stamp.head || now.tail !== stamp.tail) return null;
      return { ...index, size: stamp.size, unchanged: size === stamp.size && mtimeMs === stamp.mtimeMs };
    },
    keep: async (path, file, size, { meta, columns }) => {
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        const { mtimeMs } = await file.stat();
        const stamp = await stampOf(file, size, mtimeMs);
        const lengths = columns.map(({ byteLength }) => byteLength);
        const header = Buffer.from(JSON.stringify({ stamp, meta, lengths }));
        const length = Buffer.alloc(lengthBytes);
        length.writeUInt32LE(header.length);
        const kept = await fileOf(path);
        const parts = [length, header, ...columns.map((column) => Buffer.from(column))];
        await writeWhole(kept, parts);
        await prune(folder);
      } catch {
        // A folder that cannot be written, a full disk: the next opening reads the file again.
      }
    },
  };
}

async function writeWhole(file: string, parts: readonly Buffer[]): Promise<void> {
  const part = `${file}.${process.pid}.part`;
  const handle = await open(part, 'w', 0o600);
  try {
    await handle.writev([...parts]);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
  await rename(part, file);
}

async function readKept(file: string): Promise<(KeptIndex & { stamp: Stamp }) | null> {
  const handle = await open(file, 'r');
  try {
    const length = (await readFully(handle, Buffer.alloc(lengthBytes), 0)).readUInt32LE();
    if (length > maxHeader) return null;
    const header = await readFully(handle, Buffer.alloc(length), lengthBytes);
    const { stamp, meta, lengths } = JSON.parse(header.toString()) as {
      stamp: Stamp;
      meta: unknown;
      lengths: number[];
    };
    const { size } = await handle.stat();
    if (size !== lengthBytes + length + lengths.reduce((sum, bytes) => sum + bytes, 0)) return null;
    const columns: ArrayBuffer[] = [];
    let at = lengthBytes + length;
    for (const bytes of lengths) {
      const column = new ArrayBuffer(bytes);
      await readFully(handle, Buffer.from(column), at);
      columns.push(column);
      at += bytes;
    }
    // The newest use, for who looks which of them to let go.
    const now = new Date();
    await utimes(file, now, now).catch(() => undefined);
    return { stamp, meta, columns };
  } finally {
    await handle.close();
  }
}

async function prune(folder: string): Promise<void> {
  const files = await Promise.all(
    (await readdir(folder)).map(async (name) => {
      const path = join(folder, name);
      const { size, mtimeMs } = await stat(path);
      return { path, size, mtimeMs };
    }),
  );
  let bytes = 0;
  for (const { path, size } of files.sort((a, b) => b.mtimeMs - a.mtimeMs)) {
    bytes += size;
    if (bytes > maxBytes) await rm(path, { force: true });
  }
}
