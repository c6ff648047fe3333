import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { FaultError } from '../../../contract/faults.ts';
import type { FileStat, HostFiles } from '../../../domain/collect/host-files.ts';
import type { Transport } from '../../../domain/collect/transport.ts';
import type { ByteRange } from '../../../domain/dump/byte-ranges.ts';
import { type DumpLog, dumpLogs } from '../../../domain/dump/dump-logs.ts';
import { hostWords } from '../../../domain/present/host-words.ts';
import { completeHeads, createHeadCheck } from './complete-heads.ts';
import { fetchHeads } from './fetch-heads.ts';
import { fetchRanges } from './fetch-ranges.ts';
import { createSparseCopy, type SparseCopy } from './sparse-copy.ts';

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
 * copy is a directory like any dump's; what has not come reads as zeros.
 */
export interface RemoteDump {
  readonly directory: string;
  /** Bytes of both files on the host, and how many of them are here. */
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

interface RemoteFile {
  readonly name: DumpLog;
  readonly path: string;
  readonly copy: SparseCopy;
}

interface Fetching {
  readonly joinGap: number;
  readonly until: AbortSignal;
  readonly onBytes?: (bytes: number) => void;
}

const step = 'open on host';
/** Smaller files come whole: looking for their heads would take as long. */
const wholeBytes = 1 << 20;
/** Asking costs some hundred bytes; when all is wanted, what lies between two heads is. */
const headGap = 256;
const pullGap = 256 << 10;
/** Of both ends of a file: what an index is known by, and whether lines end as in text mode. */
const edgeBytes = 64 << 10;

/**
 * Opens a dump by its directory on the host, or by its `commands.log`. Throws a `FaultError`: `not_found`,
 * `not_permitted`, `bad_input` when it is no dump, and what the link says.
 * @param into a directory that is not there yet
 */
export async function openRemoteDump(
  reach: RemoteReach,
  path: string,
  into: string,
  signal: AbortSignal,
): Promise<RemoteDump> {
  const found = await reach.withFiles(signal, (files) => filesOf(files, path));
  await mkdir(into, { recursive: true, mode: 0o700 });
  const files: RemoteFile[] = [];
  const notes: string[] = [];
  /** What is under way when it closes ends with it. */
  const ended = new AbortController();
  let fetched = 0;
  let hostCpuMs: number | null = 0;

  async function fetch(
    file: RemoteFile,
    ranges: readonly ByteRange[],
    { joinGap, until: wanted, onBytes }: Fetching,
  ): Promise<void> {
    if (ranges.length === 0) return;
    const until = AbortSignal.any([wanted, ended.signal]);
    await reach.withFiles(until, async ({ open, window }) => {
      const opened = await open(file.path);
      try {
        const source = { file: opened, window, path: file.path, joinGap };
        await fetchRanges(source, file.copy, ranges, until, onBytes);
      } finally {
        opened.close();
      }
    });
  }
  const fetchFirst = (file: RemoteFile) => (ranges: readonly ByteRange[]) =>
    fetch(file, ranges, {
      joinGap: headGap,
      until: signal,
      onBytes: (bytes) => {
        fetched += bytes;
      },
    });

  async function begin(file: RemoteFile): Promise<void> {
    const { copy } = file;
    const get = fetchFirst(file);
    if (copy.size <= wholeBytes) return get(copy.missing(0, copy.size));
    await get([...copy.missing(0, edgeBytes), ...copy.missing(copy.size - edgeBytes, copy.size)]);
    if (file.name === 'samples.log') {
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
    for (const { copy } of files) copy.close();
    await rm(into, { recursive: true, force: true });
  };

  async function check(wanted: AbortSignal): Promise<boolean> {
    const until = AbortSignal.any([wanted, ended.signal]);
    let checked = true;
    for (const file of files) {
      const [here, there] = await Promise.all([
        sha256Of(file.copy.path),
        reach.sha256(file.path, file.copy.size, until),
      ]);
      checked &&= there !== null;
      if (there !== null && there !== here) {
        const message = `${hostWords(file.path)} came with another checksum than the host’s own: it changed meanwhile. Open it again.`;
        throw new FaultError('checksum_mismatch', 'pull', message);
      }
    }
    return checked;
  }

  try {
    for (const { name, path: from, size } of found) {
      const file = { name, path: from, copy: createSparseCopy(join(into, name), size) };
      files.push(file);
      await begin(file);
    }
  } catch (error) {
    await close();
    throw error;
  }
  const total = (key: 'size' | 'present') => files.reduce((sum, { copy }) => sum + copy[key], 0);
  return {
    directory: into,
    notes,
    size: total('size'),
    get present() {
      return total('present');
    },
    cost: { bytes: fetched, hostCpuMs },
    ensure: async (name, from, to, until) => {
      const file = files.find((one) => one.name === name);
      if (file !== undefined) await fetch(file, file.copy.missing(from, to), { joinGap: headGap, until });
    },
    pull: async (until, onProgress) => {
      const progress = (state: PullState['state'], checked = false) =>
        onProgress({ bytes: total('present'), size: total('size'), state, checked });
      progress('reading');
      for (const file of files) {
        const onBytes = (): void => progress('reading');
        await fetch(file, file.copy.missing(0, file.copy.size), { joinGap: pullGap, until, onBytes });
      }
      progress('checking');
      progress('done', await check(until));
    },
    close,
  };
}

/** Which files there are: those of a directory, or the one that is named. */
async function filesOf(files: HostFiles, path: string): Promise<{ name: DumpLog; path: string; size: number }[]> {
  const stat = await files.stat(path);
  if (stat.type === 'file') return [{ name: nameOf(path), path, size: stat.size }];
  const stats = await Promise.all(
    dumpLogs.map(async (name) => {
      const at = `${path.replace(/\/+$/, '')}/${name}`;
      return { name, path: at, stat: await files.stat(at).catch(orMissing) };
    }),
  );
  const there = stats.filter((one): one is (typeof stats)[number] & { stat: FileStat } => one.stat?.type === 'file');
  if (there.length > 0) return there.map(({ name, path: at, stat: { size } }) => ({ name, path: at, size }));
  throw new FaultError(
    'bad_input',
    step,
    `${hostWords(path)} holds no dump: neither a commands.log nor a samples.log.`,
  );
}

function nameOf(path: string): DumpLog {
  return basename(path) === 'samples.log' ? 'samples.log' : 'commands.log';
}

function orMissing(error: unknown): null {
  if (error instanceof FaultError && error.fault.code === 'not_found') return null;
  throw error;
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}
