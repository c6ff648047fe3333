import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { FaultError } from '../../../contract/faults.ts';
import { dumpFault } from '../dump-fault.ts';
import { type Unpacked, unpackDump } from './unpack-dump.ts';
import type { UnpackLimits } from './unpack-limits.ts';
import { unpackParts } from './unpack-parts.ts';

/** Bytes of an archive that were read, of all that it has. */
export type OnProgress = (readBytes: number, bytes: number) => void;

/** The dumps of an archive, on this disk until the last who opened it closes it. */
export interface OpenArchive extends Unpacked {
  /** Where they lie. */
  readonly directory: string;
  close(): Promise<void>;
}

/** Parts of a dump that were packed, in the same way. */
export type OpenParts = Omit<OpenArchive, 'dumps'>;

/** Archives that are open. The same file, as long as it does not change, is unpacked once. */
export interface UnpackCache {
  /** Throws a `FaultError` as `unpackDump` does. */
  open(path: string, signal: AbortSignal, onProgress: OnProgress): Promise<OpenArchive>;
  /** Throws `cancelled`, as `unpackParts` does. */
  openParts(paths: readonly string[], signal: AbortSignal, onProgress: OnProgress): Promise<OpenParts>;
}

type Unpack = (options: Parameters<typeof unpackDump>[1]) => Promise<Unpacked>;

interface Copy {
  readonly directory: string;
  readonly unneeded: AbortController;
  readonly listeners: Set<OnProgress>;
  readonly coming: Promise<Unpacked>;
  users: number;
}

/**
 * `folder` is the cache's own, and emptied when it begins: what a killed process left there is nobody's. A customer's
 * dump lies there only while it is looked at.
 */
export async function createUnpackCache(options: {
  folder: string;
  limits?: UnpackLimits | undefined;
}): Promise<UnpackCache> {
  const { folder, limits } = options;
  const copies = new Map<string, Copy>();
  await rm(folder, { recursive: true, force: true });

  function begin(unpack: Unpack): Copy {
    const directory = join(folder, randomUUID());
    const unneeded = new AbortController();
    const listeners = new Set<OnProgress>();
    const onProgress: OnProgress = (readBytes, bytes) => {
      for (const listener of listeners) listener(readBytes, bytes);
    };
    const coming = mkdir(folder, { recursive: true, mode: 0o700 }).then(() =>
      unpack({ into: directory, limits, signal: unneeded.signal, onProgress }),
    );
    coming.catch(() => undefined);
    return { directory, unneeded, listeners, coming, users: 0 };
  }

  async function leave(key: string, copy: Copy): Promise<void> {
    copy.users -= 1;
    if (copy.users > 0) return;
    if (copies.get(key) === copy) copies.delete(key);
    copy.unneeded.abort();
    await copy.coming.catch(() => undefined);
    await rm(copy.directory, { recursive: true, force: true });
  }

  async function hold(key: string, unpack: Unpack, signal: AbortSignal, onProgress: OnProgress): Promise<OpenArchive> {
    const copy = copies.get(key) ?? begin(unpack);
    copies.set(key, copy);
    copy.users += 1;
    copy.listeners.add(onProgress);
    try {
      const unpacked = await orAborted(copy.coming, signal);
      let isOpen = true;
      const close = async (): Promise<void> => {
        if (isOpen) await leave(key, copy);
        isOpen = false;
      };
      return { ...unpacked, directory: copy.directory, close };
    } catch (error) {
      await leave(key, copy);
      throw error;
    } finally {
      copy.listeners.delete(onProgress);
    }
  }

  return {
    open: async (path, signal, onProgress) =>
      hold(await keyOf(path), (options) => unpackDump(path, options), signal, onProgress),
    openParts: async (paths, signal, onProgress) => {
      const unpack: Unpack = async (options) => ({ dumps: [], notes: await unpackParts(paths, options) });
      const keys = await Promise.all(paths.map(keyOf));
      return hold(keys.join(), unpack, signal, onProgress);
    },
  };
}

/** Another one for each version of the file. */
async function keyOf(path: string): Promise<string> {
  const { size, mtimeMs, ino } = await stat(path).catch((error) => Promise.reject(dumpFault(error, 'unpack', path)));
  return createHash('sha256')
    .update(JSON.stringify([resolve(path), size, mtimeMs, ino]))
    .digest('hex');
}

function orAborted<Value>(coming: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(new FaultError('cancelled', 'unpack', 'Cancelled.'));
    if (signal.aborted) return onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    coming.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
