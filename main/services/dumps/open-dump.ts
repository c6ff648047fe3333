import { type FileHandle, open, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Entry } from '../../contract/console.ts';
import { FaultError } from '../../contract/faults.ts';
import type { Sample } from '../../contract/samples.ts';
import type { Collector } from '../../domain/collect/collector.ts';
import { createPipeline } from '../../domain/collect/pipeline.ts';
import type { CommandRecord } from '../../domain/collect/record.ts';
import { type EntryHead, maxHeadBytes, readHead } from '../../domain/dump/read-head.ts';
import { dumpFault } from './dump-fault.ts';
import { createEntryIndex, type EntryIndex, type Place } from './entry-index.ts';
import { createFileWindow, type FileWindow, readFully, windowBytes } from './file-window.ts';
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
  /** Entries that ended in that span (milliseconds since the epoch, both ends included), as they stand in the file. */
  entries(from: number, to: number, limit: number): Promise<{ entries: Entry[]; more: boolean }>;
  /** A window of `commands.log` as the bytes are; shorter where the file ends. */
  bytes(offset: number, length: number): AsyncIterable<Uint8Array>;
  /** The records of all entries that are whole. */
  records(): AsyncIterable<CommandRecord>;
  /** What today's collectors make of the records. */
  replay(): AsyncIterable<Sample>;
  /** What stands in `samples.log`; nothing when there is none, or it is another product's. */
  recorded(): AsyncIterable<Sample>;
  close(): Promise<void>;
}

const step = 'open dump';
/** No command of ours may print more; what another program recorded is cut there and flagged. */
const maxBodyBytes = 64 << 20;

/**
 * Opens a dump for reading, from its directory or its `commands.log`. Throws a `FaultError`: `not_found`,
 * `not_permitted`, or `bad_input` when no entry is in it.
 */
export async function openDump(
  path: string,
  options: { collectors?: readonly Collector[] | undefined } = {},
): Promise<Dump> {
  const directory = await directoryOf(path);
  const commandsPath = join(directory, 'commands.log');
  const commands = await open(commandsPath).catch((error) => Promise.reject(dumpFault(error, step, commandsPath)));
  const samples = await open(join(directory, 'samples.log')).catch(() => null);
  const close = async () => {
    await Promise.all([commands.close(), samples?.close()]);
  };
  try {
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
      records: () => recordsOf(commands, index),
      replay: () => replayOf(recordsOf(commands, index), options.collectors),
      recorded: () => recordedIn(samples, notes),
      close,
    };
  } catch (error) {
    await close();
    throw dumpFault(error, step, commandsPath);
  }
}

async function directoryOf(path: string): Promise<string> {
  const found = await stat(path).catch((error) => Promise.reject(dumpFault(error, step, path)));
  if (found.isDirectory()) return path;
  if (basename(path) === 'commands.log') return dirname(path);
  throw new FaultError('bad_input', step, `${path} is neither a dump's directory nor a commands.log.`);
}

function noteDamage(index: EntryIndex, { skippedBytes, trustedSizes }: ScanSummary): string[] {
  const counts = { sound: 0, torn: 0, lying: 0, suspect: 0 };
  for (let position = 0; position < index.count; position++) counts[index.place(position).state] += 1;
  const notes: string[] = [];
  if (!trustedSizes) {
    notes.push('The sizes in commands.log are wrong: entries are told by their headers only.');
  } else if (counts.lying > 0) {
    notes.push(`${plural(counts.lying, 'entry says', 'entries say')} a wrong size.`);
  }
  if (counts.torn > 0) notes.push(`${plural(counts.torn, 'entry is', 'entries are')} torn and not replayed.`);
  if (counts.suspect > 0) {
    notes.push(`${plural(counts.suspect, 'entry', 'entries')} may be a part of an output, and not replayed.`);
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
  for (let position = 0; position < index.count; position++) {
    const at = index.timeOf(position);
    if (at < from || at > to) continue;
    if (entries.length === limit) return { entries, more: true };
    const place = index.place(position);
    const head = await headAt(file, place);
    if (head === null) continue;
    const { command, exit, error, durationMs } = head;
    const torn = place.state === 'torn' || place.state === 'suspect';
    entries.push({ at, command, exit, error, durationMs, offset: place.bodyOffset, size: place.size, torn });
  }
  return { entries, more: false };
}

async function headAt(file: FileWindow, { offset, bodyOffset }: Place): Promise<EntryHead | null> {
  return readHead(await file.read(offset, Math.min(bodyOffset - offset, maxHeadBytes)), 0);
}

async function* bytesOf(handle: FileHandle, offset: number, length: number): AsyncGenerator<Uint8Array> {
  const end = offset + length;
  for (let at = offset; at < end; ) {
    const chunk = await readFully(handle, Buffer.allocUnsafe(Math.min(windowBytes, end - at)), at);
    if (chunk.length === 0) return;
    yield chunk;
    at += chunk.length;
  }
}

async function* recordsOf(handle: FileHandle, index: EntryIndex): AsyncGenerator<CommandRecord> {
  const file = createFileWindow(handle);
  for (let position = 0; position < index.count; position++) {
    const place = index.place(position);
    if (place.state === 'torn' || place.state === 'suspect') continue;
    const head = await headAt(file, place);
    if (head === null) continue;
    const { command, at: endedAt, exit, error, durationMs, truncated, timedOut } = head;
    // A copy: the window moves on.
    const body = Uint8Array.from(await file.read(place.bodyOffset, Math.min(place.size, maxBodyBytes)));
    const isCut = place.size > maxBodyBytes;
    const cut = isCut ? body.length : Math.max(0, body.length - head.stderr);
    const outputs = { stdout: body.subarray(0, cut), stderr: body.subarray(cut) };
    yield { command, endedAt, exit, error, durationMs, ...outputs, truncated: truncated || isCut, timedOut };
  }
}

async function* replayOf(
  records: AsyncIterable<CommandRecord>,
  collectors: readonly Collector[] | undefined,
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
