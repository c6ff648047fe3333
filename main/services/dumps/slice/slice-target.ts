import { once } from 'node:events';
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Transform } from 'node:stream';
import { crc32, createDeflateRaw, createGzip } from 'node:zlib';
import { FaultError } from '../../../contract/faults.ts';
import { tarFill, tarHeader } from '../../../domain/archive/write-tar.ts';
import { type WrittenMember, zipDescriptor, zipEnd, zipLocal } from '../../../domain/archive/write-zip.ts';

/** Where a slice is written: the files of a dump, one after the other. */
export interface SliceTarget {
  /** Begins the next file, which will have exactly that many bytes. */
  begin(name: string, size: number): Promise<void>;
  write(bytes: Uint8Array): Promise<void>;
  /** Resolves when all is with the system. */
  finish(): Promise<void>;
  /** Takes away what was written. */
  discard(): Promise<void>;
}

/** Writes bytes at the end of a file. Tests put a full disk in its place. */
export type WriteAll = (handle: FileHandle, bytes: Uint8Array) => Promise<void>;

const writeToHandle: WriteAll = async (handle, bytes) => {
  for (let done = 0; done < bytes.length; ) done += (await handle.write(bytes, done)).bytesWritten;
};

/** The folder that something new was to be made in is missing. */
export function noFolderFault(step: string, to: string, cause: unknown): FaultError {
  return new FaultError('not_found', step, `The folder of ${to} is not there: make it, or choose another.`, { cause });
}

const archive = /\.(?:tar\.gz|tgz|zip)$/i;

/** Makes what `to` names, for its owner alone. Throws a `FaultError` `bad_input` where something is there already. */
export async function openSliceTarget(to: string, modifiedAt: number, write = writeToHandle): Promise<SliceTarget> {
  const ending = archive.exec(to)?.[0].toLowerCase();
  const refuse = (error: NodeJS.ErrnoException): never => {
    if (error.code === 'EEXIST')
      throw new FaultError('bad_input', 'slice', `${to} is there already: choose a new name.`);
    if (error.code === 'ENOENT') throw noFolderFault('slice', to, error);
    throw error;
  };
  if (ending === undefined) {
    await mkdir(to, { mode: 0o700 }).catch(refuse);
    return gathering(directoryTarget(to, write));
  }
  const handle = await open(to, 'wx', 0o600).catch(refuse);
  const inside = basename(to).slice(0, -ending.length) || 'dump';
  const target = ending === '.zip' ? zipTarget : tarTarget;
  return gathering(target(handle, inside, modifiedAt, write, () => rm(to, { force: true })));
}

/** Entries are small, and a write of each part of them would cost more than all the rest. */
const gatheredBytes = 512 << 10;

/** The same, in larger writes. */
function gathering(target: SliceTarget): SliceTarget {
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  const flush = async () => {
    if (bytes === 0) return;
    const all = Buffer.concat(waiting);
    waiting = [];
    bytes = 0;
    await target.write(all);
  };
  return {
    begin: async (name, size) => {
      await flush();
      await target.begin(name, size);
    },
    write: async (more) => {
      waiting.push(more);
      bytes += more.length;
      if (bytes >= gatheredBytes) await flush();
    },
    finish: async () => {
      await flush();
      await target.finish();
    },
    discard: target.discard,
  };
}

function directoryTarget(directory: string, write: WriteAll): SliceTarget {
  let handle: FileHandle | null = null;
  const close = async () => {
    await handle?.close();
    handle = null;
  };
  return {
    begin: async (name) => {
      await close();
      handle = await open(join(directory, name), 'wx', 0o600);
    },
    write: (bytes) => write(handle as FileHandle, bytes),
    finish: close,
    discard: async () => {
      await close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

type ArchiveTarget = (
  handle: FileHandle,
  inside: string,
  modifiedAt: number,
  write: WriteAll,
  remove: () => Promise<void>,
) => SliceTarget;

const tarTarget: ArchiveTarget = (handle, inside, modifiedAt, write, remove) => {
  const packer = createPacker(createGzip(), (bytes) => write(handle, bytes));
  let fill = 0;
  let isBegun = false;
  return {
    begin: async (name, size) => {
      if (!isBegun) await packer.push(tarHeader(`${inside}/`, null, modifiedAt));
      isBegun = true;
      await packer.push(new Uint8Array(fill));
      await packer.push(tarHeader(`${inside}/${name}`, size, modifiedAt));
      fill = tarFill(size);
    },
    write: packer.push,
    finish: async () => {
      await packer.push(new Uint8Array(fill + 1024));
      await packer.end();
      await handle.close();
    },
    discard: async () => {
      packer.stop();
      await handle.close();
      await remove();
    },
  };
};

const zipTarget: ArchiveTarget = (handle, inside, _modifiedAt, write, remove) => {
  const members: WrittenMember[] = [];
  let offset = 0;
  let current: { name: string; at: number; bodyAt: number; crc: number; size: number; packer: Packer } | null = null;
  const put = async (bytes: Uint8Array) => {
    await write(handle, bytes);
    offset += bytes.length;
  };
  const close = async () => {
    if (current === null) return;
    const { name, at, bodyAt, packer } = current;
    await packer.end();
    const member = { name, crc: current.crc, packedSize: offset - bodyAt, size: current.size, offset: at };
    members.push(member);
    current = null;
    await put(zipDescriptor(member));
  };
  return {
    begin: async (name, size) => {
      await close();
      const at = offset;
      await put(zipLocal(`${inside}/${name}`, size));
      const packer = createPacker(createDeflateRaw(), put);
      current = { name: `${inside}/${name}`, at, bodyAt: offset, crc: 0, size: 0, packer };
    },
    write: async (bytes) => {
      if (current === null) return;
      current.crc = crc32(bytes, current.crc);
      current.size += bytes.length;
      await current.packer.push(bytes);
    },
    finish: async () => {
      await close();
      for (const part of zipEnd(members, offset)) await put(part);
      await handle.close();
    },
    discard: async () => {
      current?.packer.stop();
      await handle.close();
      await remove();
    },
  };
};

interface Packer {
  push(bytes: Uint8Array): Promise<void>;
  end(): Promise<void>;
  stop(): void;
}

/** Compresses what is pushed and hands it on; a fault of the disk comes out of the next push. */
function createPacker(stream: Transform, write: (bytes: Uint8Array) => Promise<void>): Packer {
  const written = (async () => {
    for await (const chunk of stream) await write(chunk as Uint8Array);
  })();
  written.catch(() => stream.destroy());
  return {
    push: async (bytes) => {
      if (bytes.length === 0) return;
      if (stream.destroyed) await written;
      if (!stream.write(bytes)) await Promise.race([once(stream, 'drain'), written]);
    },
    end: async () => {
      stream.end();
      await written;
    },
    stop: () => stream.destroy(),
  };
}
