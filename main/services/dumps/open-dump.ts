import { type FileHandle, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Entry } from '../../contract/console.ts';
import { FaultError } from '../../contract/faults.ts';
import type { Sample } from '../../contract/samples.ts';
import type { Collector } from '../../domain/collect/collector.ts';
import { collectors as allCollectors } from '../../domain/collect/collectors/index.ts';
import { createPipeline } from '../../domain/collect/pipeline.ts';
import type { CommandRecord } from '../../domain/collect/record.ts';
import { createBodyLimits } from '../../domain/dump/body-limits.ts';
import { dumpFault } from './dump-fault.ts';
import { createEntryIndex, type EntryIndex } from './entry-index.ts';
import { chunkBytes, createFileWindow, readFully } from './file-window.ts';
import { openRegular } from './open-regular.ts';
import { readHeadAt, readRecords } from './read-records.ts';
import { readSamples, type SampleTally } from './read-samples.ts';
import { type ScanSummary, scanFile } from './scan-file.ts';

/** A dump that is open for reading. What is written to it meanwhile is not seen. */
export interface Dump {
  readonly directory: string;
  readonly entryCount: number;
  /** Bytes of `commands.log`. */
  readonly size: number;
  /** What is damaged or missing, in sentences; empty for a dump in good order. */
  readonly notes: readonly string[];
  /**
   * Entries that ended in that span (milliseconds since the epoch, both ends included), as they stand in the file; no
   * more than `limit`, or a megabyte of command lines.
   */
  entries(from: number, to: number, limit: number): Promise<{ entries: Entry[]; more: boolean }>;
  /** A window of `commands.log` as the bytes are; shorter where the file ends. */
  bytes(offset: number, length: number): AsyncIterable<Uint8Array>;
  /** The records of all entries that are whole and of a collector's command, cut where its host would have cut them. */
  records(): AsyncIterable<CommandRecord>;
  /** What today's collectors make of the records. */
  replay(): AsyncIterable<Sample>;
  /** What stands in `samples.log`; nothing when there is none, or it is another product's. */
  recorded(): AsyncIterable<Sample>;
  close(): Promise<void>;
}

const step = 'open dump';
/** What a desktop knows dumps by; a folder may be called so too. */
const dumpEnding = '.rackside-dump';
/** A page of entries ends early when their command lines have more letters than that. */
const maxPageText = 1 << 20;
/** After so many entries others have their turn. */
const turn = 256;

/**
 * Opens a dump for reading, from its directory, its `commands.log`, or a copy of that under `NAME.rackside-dump`. Throws a `FaultError`: `not_found`,
 * `not_permitted`, or `bad_input` when no entry is in it or one of its files is a FIFO, a device or a directory.
 */
export async function openDump(
  path: string,
  options: { collectors?: readonly Collector[] | undefined } = {},
): Promise<Dump> {
  const { directory, commandsPath, samplesPath } = await filesOf(path);
  const collectors = options.collectors ?? allCollectors;
  const limitOf = createBodyLimits(collectors);
  const opened: FileHandle[] = [];
  const openOne = async (path: string) => {
    const handle = await openRegular(path, step);
    opened.push(handle);
    return handle;
  };
  const close = async () => {
    await Promise.all(opened.map((handle) => handle.close()));
  };
  try {
    const commands = await openOne(commandsPath);
    const samples =
      samplesPath === null
        ? null
        : await openOne(samplesPath).catch((error) => (error instanceof FaultError ? Promise.reject(error) : null));
    const { size } = await commands.stat();
    const index = createEntryIndex();
    const summary = await scanFile(commands, size, index.add, index.clear);
    const notes = noteDamage(index, summary);
    if (samples === null) notes.push('samples.log is missing: what the readings were then is computed anew.');
    if (index.count === 0) throw new FaultError('bad_input', step, `${commandsPath} holds no entry of a dump.`);
    return {
      directory,
      entryCount: index.count,
      size,
      notes,
      entries: (from, to, limit) => entriesIn(commands, index, from, to, limit),
      bytes: (offset, length) => bytesOf(commands, offset, Math.min(length, size - offset)),
      records: () => readRecords(commands, index, limitOf),
      replay: () => replayOf(readRecords(commands, index, limitOf), collectors),
      recorded: () => recordedIn(samples, notes),
      close,
    };
  } catch (error) {
    await close();
    throw dumpFault(error, step, commandsPath);
  }
}

interface DumpFiles {
  readonly directory: string;
  readonly commandsPath: string;
  readonly samplesPath: string | null;
}

/** A dump is a directory with two files; or one file, the commands alone, under a name that says so. */
async function filesOf(path: string): Promise<DumpFiles> {
  const found = await stat(path).catch((error) => Promise.reject(dumpFault(error, step, path)));
  if (!found.isDirectory() && path.endsWith(dumpEnding)) {
    return { directory: dirname(path), commandsPath: path, samplesPath: null };
  }
  if (!found.isDirectory() && basename(path) !== 'commands.log') {
    const message = `${path} is neither a dump's directory nor a commands.log, nor a file whose name ends in ${dumpEnding}.`;
    throw new FaultError('bad_input', step, message);
  }
  const directory = found.isDirectory() ? path : dirname(path);
  return {
    directory,
    commandsPath: join(directory, 'commands.log'),
    samplesPath: join(directory, 'samples.log'),
  };
}

function noteDamage(index: EntryIndex, { skippedBytes, trustedSizes }: ScanSummary): string[] {
  const [torn, lying, suspect] = (['torn', 'lying', 'suspect'] as const).map(index.countOf) as [number, number, number];
  const notes: string[] = [];
  if (!trustedSizes) {
    notes.push('The sizes in commands.log are wrong: entries are told by their headers only.');
  } else if (lying > 0) {
    notes.push(`${plural(lying, 'entry says', 'entries say')} a wrong size.`);
  }
  if (torn > 0) notes.push(`${plural(torn, 'entry is', 'entries are')} torn and not replayed.`);
  if (suspect > 0) {
    notes.push(`${plural(suspect, 'entry', 'entries')} may be a part of an output, and not replayed.`);
  }
  if (skippedBytes > 0) notes.push(`${plural(skippedBytes, 'byte belongs', 'bytes belong')} to no entry.`);
  return notes;
}

function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

async function entriesIn(
  handle: FileHandle,
  index: EntryIndex,
  from: number,
  to: number,
  limit: number,
): Promise<{ entries: Entry[]; more: boolean }> {
  const file = createFileWindow(handle);
  const entries: Entry[] = [];
  let text = 0;
  for (let position = 0; position < index.count; position++) {
    const at = index.timeOf(position);
    if (at < from || at > to) continue;
    if (entries.length === limit || text > maxPageText) return { entries, more: true };
    if (position % turn === turn - 1) await setImmediate();
    const place = index.place(position);
    const head = await readHeadAt(file, place);
    if (head === null) continue;
    const { command, exit, error, durationMs } = head;
    text += command.length + (error?.length ?? 0);
    const torn = place.state === 'torn' || place.state === 'suspect';
    entries.push({ at, command, exit, error, durationMs, offset: place.bodyOffset, size: place.size, torn });
  }
  return { entries, more: false };
}

async function* bytesOf(handle: FileHandle, offset: number, length: number): AsyncGenerator<Uint8Array> {
  const end = offset + length;
  for (let at = offset; at < end; ) {
    const chunk = await readFully(handle, Buffer.allocUnsafe(Math.min(chunkBytes, end - at)), at);
    if (chunk.length === 0) return;
    yield chunk;
    at += chunk.length;
  }
}

async function* replayOf(
  records: AsyncIterable<CommandRecord>,
  collectors: readonly Collector[],
): AsyncGenerator<Sample> {
  const pipeline = createPipeline(collectors);
  for await (const record of records) yield* pipeline.push(record);
}

async function* recordedIn(samples: FileHandle | null, notes: string[]): AsyncGenerator<Sample> {
  if (samples === null) return;
  const tally: SampleTally = { read: 0, torn: 0, foreign: 0 };
  yield* readSamples(samples, tally);
  const add = (note: string) => notes.includes(note) || notes.push(note);
  if (tally.torn > 0) add(`${plural(tally.torn, 'sample is', 'samples are')} torn.`);
  if (tally.foreign > 0) add(`${plural(tally.foreign, 'sample has', 'samples have')} another product's shape.`);
}
