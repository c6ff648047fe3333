import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FaultError } from '../../../contract/faults.ts';
import type { HostFiles } from '../../../domain/collect/host-files.ts';
import type { Transport } from '../../../domain/collect/transport.ts';
import type { ByteRange } from '../../../domain/dump/byte-ranges.ts';
import type { DumpLog } from '../../../domain/dump/dump-logs.ts';
import { hostWords } from '../../../domain/present/host-words.ts';
import { completeHeads, createHeadCheck } from './complete-heads.ts';
import { fetchHeads } from './fetch-heads.ts';
import { fetchRanges } from './fetch-ranges.ts';
import { openPart } from './open-part.ts';
import { maxPackedBytes, sha256Of, takePacked } from './packed-on-host.ts';
import { type PartOnHost, partsOnHost } from './parts-on-host.ts';
import { type CopiedFile, copiedFile, isCopied, type RemoteFile, startOf } from './remote-files.ts';

/** How a host is reached while one of its dumps is open: anew for each use, because connections end. */
export interface RemoteReach {
  transport(): Transport;
  withFiles<Value>(signal: AbortSignal, use: (files: HostFiles) => Promise<Value>): Promise<Value>;
  /** SHA-256 of the first bytes of a file, as the host computes it, in hex; null where it cannot. */
  sha256(path: string, bytes: number, signal: AbortSignal): Promise<string | null>;
}

export interface PullState {
  readonly bytes: number;
  readonly size: number;
  readonly state: 'reading' | 'checking' | 'done';
  /** The host has the same checksums; false: it could not say. */
  readonly checked: boolean;
}

/**
 * A dump that lies on a host: a copy here that has the heads of its entries, and gets the rest as it is looked at. The
 * copy is a directory like any dump's; what has not come reads as zeros. Of one that was rotated it has all parts.
 */
export interface RemoteDump {
  readonly directory: string;
  /** Bytes of its files on the host, unpacked, and how many of them are here. */
  readonly size: number;
  readonly present: number;
  /** That came over the link until it could be looked at, and the CPU time that this took on the host. */
  readonly cost: { readonly bytes: number; readonly hostCpuMs: number | null };
  /** What is not known before all of it is here, in sentences. */
  readonly notes: readonly string[];
  /** Has those bytes come, if they have not. */
  ensure(file: DumpLog, from: number, to: number, signal: AbortSignal): Promise<void>;
  /** Has all of it come, goes on with what is here, and compares the checksums. Throws `checksum_mismatch`. */
  pull(signal: AbortSignal, onProgress: (state: PullState) => void): Promise<void>;
  close(): Promise<void>;
}

interface Fetching {
  readonly joinGap: number;
  readonly until: AbortSignal;
  readonly onBytes?: (bytes: number) => void;
}

/** Smaller files come whole: looking for their heads would take as long. */
const wholeBytes = 1 << 20;
/** Asking costs some hundred bytes; when all is wanted, what lies between two heads is. */
const headGap = 256;
const pullGap = 256 << 10;
/** Of both ends of a file: what an index is known by, and whether lines end as in text mode. */
const edgeBytes = 64 << 10;

/**
 * Opens a dump by its directory on the host, or by one of its logs. Throws a `FaultError`: `not_found`,
 * `not_permitted`, `bad_input` when it is no dump, and what the link says.
 * @param into a directory that is not there yet
 * @param mostPacked how many bytes of parts that are packed come
 */
export async function openRemoteDump(
  reach: RemoteReach,
  path: string,
  into: string,
  signal: AbortSignal,
  mostPacked = maxPackedBytes,
): Promise<RemoteDump> {
  const parts = await reach.withFiles(signal, (files) => partsOnHost(files, path));
  const files: RemoteFile[] = [];
  const notes: string[] = [];
  /** What is under way when it closes ends with it. */
  const ended = new AbortController();
  let fetched = 0;
  let hostCpuMs: number | null = 0;

  async function fetch(
    file: CopiedFile,
    ranges: readonly ByteRange[],
    { joinGap, until: wanted, onBytes }: Fetching,
  ): Promise<void> {
    if (ranges.length === 0) return;
    const until = AbortSignal.any([wanted, ended.signal]);
    await reach.withFiles(until, async (onHost) => {
      const opened = await openPart(onHost, file);
      try {
        const source = { file: opened, window: onHost.window, path: file.path, joinGap };
        await fetchRanges(source, file.copy, ranges, until, onBytes);
        file.start ??= startOf(file.copy);
      } finally {
        opened.close();
      }
    });
  }
  const fetchFirst = (file: CopiedFile) => (ranges: readonly ByteRange[]) =>
    fetch(file, ranges, {
      joinGap: headGap,
      until: signal,
      onBytes: (bytes) => {
        fetched += bytes;
      },
    });

  async function begin(file: CopiedFile): Promise<void> {
    const { copy } = file;
    const get = fetchFirst(file);
    if (copy.size <= wholeBytes) return get(copy.missing(0, copy.size));
    await get([...copy.missing(0, edgeBytes), ...copy.missing(copy.size - edgeBytes, copy.size)]);
    if (file.log === 'samples.log') {
      countCost(await fetchHeads(reach.transport(), file.path, copy, { before: 0, after: 0 }, signal));
      return;
    }
    const heads = createHeadCheck();
    const isTextMode = copy.read(0, Buffer.alloc(256)).includes('=====\r\n');
    const lines = { before: isTextMode ? 2 : 1, after: 3, onPiece: heads.check };
    countCost(await fetchHeads(reach.transport(), file.path, copy, lines, signal));
    if (await completeHeads(copy, heads.incomplete, get, signal)) return;
    notes.push(
      'It is damaged where only its outputs tell more: take it to this machine to see all that is left of it.',
    );
  }

  function countCost(cost: { bytes: number; hostCpuMs: number | null }): void {
    fetched += cost.bytes;
    hostCpuMs = cost.hostCpuMs === null || hostCpuMs === null ? null : hostCpuMs + cost.hostCpuMs;
  }

  const close = async (): Promise<void> => {
    ended.abort();
    for (const { copy } of files) copy?.close();
    await rm(into, { recursive: true, force: true });
  };

  async function isThere(file: RemoteFile, until: AbortSignal): Promise<boolean> {
    try {
      await reach.withFiles(until, async (onHost) => (await openPart(onHost, file)).close());
      return true;
    } catch (error) {
      if (error instanceof FaultError && error.fault.code === 'not_found') return false;
      throw error;
    }
  }

  async function check(wanted: AbortSignal): Promise<boolean> {
    const until = AbortSignal.any([wanted, ended.signal]);
    let checked = true;
    for (const file of files) {
      // Where a rotation has taken it away since, nobody can say.
      if (!(await isThere(file, until))) {
        checked = false;
        continue;
      }
      const [here, there] = await Promise.all([
        file.sha256 ?? sha256Of((file as CopiedFile).copy.path),
        reach.sha256(file.path, file.size, until),
      ]);
      checked &&= there !== null;
      if (there !== null && there !== here) {
        const message = `${hostWords(file.path)} came with another checksum than the host’s own: it changed meanwhile. Open it again.`;
        throw new FaultError('checksum_mismatch', 'pull', message);
      }
    }
    return checked;
  }

  /** One that is packed there, as it is. */
  async function take(part: PartOnHost, to: string): Promise<void> {
    const file = copiedFile(part, to);
    try {
      await fetchFirst(file)([{ from: 0, to: part.size }]);
      starts.set(part, file.start);
    } finally {
      file.copy.close();
    }
  }

  const starts = new Map<PartOnHost, Uint8Array | null>();
  const directory = join(into, dirname(parts[0]?.to ?? '1/'));
  try {
    for (const at of new Set(parts.map(({ to }) => dirname(to)))) {
      await mkdir(join(into, at), { recursive: true, mode: 0o700 });
    }
    const packed = parts.filter(({ packing }) => packing !== null);
    const { unpacked, notes: met } = await takePacked(packed, { into, directory, take, mostBytes: mostPacked, signal });
    notes.push(...met);
    for (const part of parts) {
      const here = unpacked.find((one) => one.part === part);
      if (here !== undefined) {
        const { log, path: from, size } = part;
        const { bytes, sha256 } = here;
        files.push({ log, path: from, size, start: starts.get(part) ?? null, copy: null, bytes, sha256 });
      } else if (part.packing === null) {
        const file = copiedFile(part, join(into, part.to));
        files.push(file);
        await begin(file);
      }
    }
  } catch (error) {
    await close();
    throw error;
  }
  const size = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const presentNow = () => files.reduce((sum, { copy, bytes }) => sum + (copy?.present ?? bytes), 0);
  return {
    ...{ directory, notes, size },
    get present() {
      return presentNow();
    },
    cost: { bytes: fetched, hostCpuMs },
    ensure: async (log, from, to, until) => {
      let at = 0;
      for (const file of files.filter((one) => one.log === log)) {
        if (isCopied(file) && at < to && from < at + file.bytes) {
          await fetch(file, file.copy.missing(from - at, to - at), { joinGap: headGap, until });
        }
        at += file.bytes;
      }
    },
    pull: async (until, onProgress) => {
      const progress = (state: PullState['state'], checked = false) =>
        onProgress({ bytes: presentNow(), size, state, checked });
      progress('reading');
      for (const file of files.filter(isCopied)) {
        const onBytes = (): void => progress('reading');
        await fetch(file, file.copy.missing(0, file.copy.size), { joinGap: pullGap, until, onBytes });
      }
      progress('checking');
      progress('done', await check(until));
    },
    close,
  };
}
