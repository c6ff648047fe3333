import type { Stats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import type { ReadableFile } from './file-window.ts';

/** One of the files that a log consists of, open for reading. */
export interface LogPart {
  readonly path: string;
  readonly handle: FileHandle;
  /** See `fileId`. */
  readonly id: string;
}

/** Where a file stands in its log. Threads of one process share what is open: it may have another name by now, or none. */
export interface PartPlace {
  readonly fd: number;
  /** Of its first byte, in bytes of the log. */
  readonly at: number;
}

/**
 * A log of a dump as it is read: one file, or the files that it was rotated into, the oldest first, as if they were one.
 * Only the last grows; of the others stands what they held when the next one came.
 */
export interface LogFile extends ReadableFile {
  readonly parts: readonly LogPart[];
  readonly places: readonly PartPlace[];
  stat(): Promise<{ size: number; mtimeMs: number }>;
  /** Whether one that does not grow any more is not as long as it was. */
  isAltered(): Promise<boolean>;
  /** Consists of these from now on. Answers whether all that was there stands where it stood. */
  become(parts: readonly LogPart[]): Promise<boolean>;
  close(): Promise<void>;
}

/** Tells a file from another one under the same name. */
export function fileId({ dev, ino }: Pick<Stats, 'dev' | 'ino'>): string {
  return `${dev} ${ino}`;
}

/** What reads one of the files. */
type ReadPart = (index: number, buffer: Buffer, offset: number, length: number, at: number) => Promise<number>;

export async function openLogFile(parts: readonly LogPart[]): Promise<LogFile> {
  let own: readonly LogPart[] = [];
  let places: readonly PartPlace[] = [];
  /** Whoever reads in a thread may still be at one that is not read from any more. */
  const opened = new Set<FileHandle>();

  async function become(next: readonly LogPart[]): Promise<boolean> {
    const goesOn = own.every(({ id }, index) => next[index]?.id === id);
    for (const { handle } of next) opened.add(handle);
    const found: PartPlace[] = goesOn ? places.slice() : [];
    for (const { handle } of next.slice(found.length)) {
      const before = found.at(-1);
      const at = before === undefined ? 0 : before.at + (await sizeOf(next[found.length - 1] as LogPart));
      found.push({ fd: handle.fd, at });
    }
    [own, places] = [next, found];
    return goesOn;
  }

  const read = readAcross(
    () => places,
    async (index, buffer, offset, length, at) =>
      (await (own[index] as LogPart).handle.read(buffer, offset, length, at)).bytesRead,
  );
  await become(parts);
  return {
    read,
    become,
    get parts() {
      return own;
    },
    get places() {
      return places;
    },
    stat: async () => {
      const [last, place] = [own.at(-1), places.at(-1)];
      if (last === undefined || place === undefined) return { size: 0, mtimeMs: 0 };
      const { size, mtimeMs } = await last.handle.stat();
      return { size: place.at + size, mtimeMs };
    },
    isAltered: async () => {
      for (const [index, { at }] of places.entries()) {
        const next = places[index + 1];
        if (next !== undefined && (await sizeOf(own[index] as LogPart)) !== next.at - at) return true;
      }
      return false;
    },
    close: async () => {
      await Promise.all([...opened].map((handle) => handle.close()));
    },
  };
}

/** Reads what stands in several files as if it stood in one. */
export function readAcross(placesNow: () => readonly PartPlace[], readPart: ReadPart): ReadableFile['read'] {
  return async (buffer, offset, length, position) => {
    const places = placesNow();
    const index = places.findLastIndex(({ at }) => at <= position);
    const place = places[index];
    if (place === undefined) return { bytesRead: 0 };
    const most = Math.min(length, (places[index + 1]?.at ?? Number.POSITIVE_INFINITY) - position);
    return { bytesRead: await readPart(index, buffer, offset, most, position - place.at) };
  };
}

async function sizeOf({ handle }: LogPart): Promise<number> {
  return (await handle.stat()).size;
}
