import type { DumpLog } from '../../../domain/dump/dump-logs.ts';
import { type KnownFile, startBytes } from './open-part.ts';
import type { PartOnHost } from './parts-on-host.ts';
import { createSparseCopy, type SparseCopy } from './sparse-copy.ts';

/** A file on the host. What was packed there has come whole, and has no copy that grows. */
export interface RemoteFile extends KnownFile {
  readonly log: DumpLog;
  readonly copy: SparseCopy | null;
  /** Bytes of the log that it stands for. */
  readonly bytes: number;
  /** SHA-256 of what has come; null: it is computed when all of it is here. */
  readonly sha256: string | null;
}

export interface CopiedFile extends RemoteFile {
  readonly copy: SparseCopy;
}

export function copiedFile({ log, path, size }: PartOnHost, to: string): CopiedFile {
  return { log, path, size, start: null, copy: createSparseCopy(to, size), bytes: size, sha256: null };
}

export function isCopied(file: RemoteFile): file is CopiedFile {
  return file.copy !== null;
}

/** Null while it has not come. */
export function startOf(copy: SparseCopy): Uint8Array | null {
  const length = Math.min(startBytes, copy.size);
  return copy.missing(0, length).length > 0 ? null : copy.read(0, Buffer.alloc(length));
}
