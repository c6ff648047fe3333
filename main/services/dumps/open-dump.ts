import { basename } from 'node:path';
import type { DumpStatus } from '../../contract/dumps.ts';
import { type Fault, FaultError } from '../../contract/faults.ts';
import { createLatest, type Latest } from '../../contract/rpc/latest.ts';
import type { Sample } from '../../contract/samples.ts';
import type { Collector } from '../../domain/collect/collector.ts';
import { collectors as allCollectors } from '../../domain/collect/collectors/index.ts';
import { createPipeline } from '../../domain/collect/pipeline.ts';
import type { CommandRecord } from '../../domain/collect/record.ts';
import { createBodyLimits } from '../../domain/dump/body-limits.ts';
import { partOfDirectory } from '../../domain/dump/part-names.ts';
import { type CommandsLog, createCommandsLog } from './commands-log.ts';
import { dumpFault } from './dump-fault.ts';
import { type DumpFiles, dumpFilesOf, type WhichFiles } from './dump-files.ts';
import { damageNotes, plural } from './dump-words.ts';
import { bytesOf, type ReadableFile } from './file-window.ts';
import { followFile } from './follow-file.ts';
import type { IndexKeeper } from './kept-index.ts';
import { openLogs, openRotated, type Rotated } from './open-logs.ts';
import { readRecords } from './read-records.ts';
import { readSamples, type SampleTally } from './read-samples.ts';
import { createSamplesLog, type SamplesLog } from './samples-log.ts';

/** A dump that is open for reading, its index complete or on its way. */
export interface Dump {
  /** What it is called: as its directory, unless something else was said. */
  readonly name: string;
  readonly files: DumpFiles;
  readonly collectors: readonly Collector[];
  readonly log: CommandsLog;
  /** Null where there is none. */
  readonly samples: SamplesLog | null;
  /** What is damaged or missing, in sentences; empty for a dump in good order. */
  readonly damage: readonly string[];
  /** Resolves when all that was there at the beginning is indexed; rejects with a `FaultError` where it cannot be. */
  readonly indexed: Promise<void>;
  status(): DumpStatus;
  /** How many entries there are; the last one of a file that is being written counts when it is whole. */
  wholeEntries(): number;
  /** Aborted when it closes. */
  readonly closing: AbortSignal;
  /** The status as it is, and after each change. */
  readonly changes: Latest<DumpStatus>;
  /** A window of `commands.log` as the bytes are; shorter where the file ends. */
  bytes(offset: number, length: number): AsyncIterable<Uint8Array>;
  /**
   * The records of all entries from that one on that are whole and of a collector's command, cut where its host would
   * have cut them; up to another one where it is named.
   */
  records(from?: number, to?: number): AsyncIterable<CommandRecord>;
  /** What today's collectors make of the records. */
  replay(): AsyncIterable<Sample>;
  /** What stands in `samples.log`; nothing when there is none, or it is another product's. */
  recorded(): AsyncIterable<Sample>;
  /** Tells how much of the dump was replayed: 0 to 1. */
  setReplayed(share: number): void;
  addNote(note: string): void;
  /** From now on, what is appended is seen within a second, and so is what else happens to the files. */
  follow(): void;
  close(): Promise<void>;
}

export interface OpenDumpOptions extends WhichFiles {
  readonly collectors?: readonly Collector[] | undefined;
  /** Where indexes are kept from one opening to the next; without it each reads the files. */
  readonly keeper?: IndexKeeper | undefined;
  /** Where its directory has a name that says nothing: what was unpacked, or lies on a host. */
  readonly name?: string | undefined;
}

const step = 'open dump';
const statusEveryMs = 100;

/**
 * Opens a dump for reading, and waits until it is indexed. Throws a `FaultError`: `not_found`, `not_permitted`, or
 * `bad_input` when no entry is in it or one of its files is a FIFO, a device or a directory.
 */
export async function openDump(path: string, options: OpenDumpOptions = {}): Promise<Dump> {
  const dump = await beginDump(path, options);
  try {
    await dump.indexed;
    return dump;
  } catch (error) {
    await dump.close();
    throw error;
  }
}

/** The same, but it waits for nothing: `indexed` tells when the index is complete. */
export async function beginDump(path: string, options: OpenDumpOptions = {}): Promise<Dump> {
  const { collectors = allCollectors, keeper = null } = options;
  let files = await dumpFilesOf(path, step, options);
  const limitOf = createBodyLimits(collectors);
  const ended = new AbortController();
  const changes = createLatest<DumpStatus>();
  const met: string[] = [];
  let phase: DumpStatus['phase'] = 'indexing';
  let fault: Fault | null = null;
  let replayed = 0;
  let toldAt = 0;

  const opened = await openLogs(files, step);
  const { commands } = opened;
  const { size } = await commands.stat();
  const log = createCommandsLog(files.commandsPath, commands, {
    size,
    collectors,
    keeper,
    onProgress: () => {
      const now = performance.now();
      if (now - toldAt < statusEveryMs) return;
      toldAt = now;
      changes.set(status());
    },
  });
  const samples =
    opened.samples === null ? null : createSamplesLog(files.samplesPath as string, opened.samples, keeper);

  const damage = (): string[] => [
    ...files.notes,
    ...opened.notes,
    ...damageNotes(log),
    ...(log.size === 0 && samples !== null
      ? ['commands.log is missing or empty: only what was recorded as samples can be shown.']
      : []),
    ...(samples === null ? ['samples.log is missing: what the readings were then is computed anew.'] : []),
    ...met,
  ];
  const backwards = 'Time goes backwards in commands.log: entries stand as they were written.';

  function status(): DumpStatus {
    const { table } = log;
    const instants = [table.first, table.last, samples?.first, samples?.last].filter((at) => at != null);
    return {
      ...{ path, phase, fault, bytes: log.size, readBytes: log.readBytes, reused: log.reused },
      ...{ entries: table.count, samples: samples?.count ?? 0, parts: commands.parts.length },
      first: instants.length === 0 ? null : Math.min(...instants),
      last: instants.length === 0 ? null : Math.max(...instants),
      ...{ torn: table.countOf('torn'), lying: table.countOf('lying'), suspect: table.countOf('suspect') },
      ...{ skippedBytes: log.skippedBytes, sizesTrusted: log.trustedSizes, onHost: null, replayed },
      ...{ notes: table.isOrdered ? damage() : [...damage(), backwards], revision: log.revision },
    };
  }

  async function read(): Promise<void> {
    try {
      await log.read(ended.signal);
      await samples?.read(ended.signal);
      if (log.table.count === 0 && (samples?.count ?? 0) === 0) {
        throw new FaultError(
          'bad_input',
          step,
          [`${files.commandsPath} holds no entry of a dump.`, ...files.notes].join(' '),
        );
      }
      phase = 'ready';
    } catch (error) {
      const failure = dumpFault(error, step, files.commandsPath);
      phase = 'failed';
      fault = failure.fault;
      throw failure;
    } finally {
      changes.set(status());
    }
  }

  function addNote(note: string): void {
    if (met.includes(note)) return;
    met.push(note);
    changes.set(status());
  }

  async function readMore(afresh: boolean): Promise<void> {
    await log.read(ended.signal, afresh);
    await samples?.read(ended.signal, afresh);
    changes.set(status());
  }

  async function rotate(): Promise<Rotated> {
    const now = await dumpFilesOf(path, step, options).catch(() => null);
    if (now === null) return 'exchanged';
    const rotated = await openRotated(opened, now, step);
    if (rotated !== 'exchanged') files = { ...now, notesPath: files.notesPath, notes: files.notes };
    return rotated;
  }

  const indexed = read();
  indexed.catch(() => undefined);
  changes.set(status());
  let following: Promise<void> = Promise.resolve();

  return {
    name: options.name ?? basename(partOfDirectory(files.directory).first),
    ...{ files, collectors, log, samples, indexed, status, changes, addNote },
    get damage() {
      return damage();
    },
    bytes: (offset, length) => bytesOf(commands, offset, length),
    closing: ended.signal,
    wholeEntries: () => {
      const { count, place } = log.table;
      return count > 0 && place(count - 1).state === 'torn' ? count - 1 : count;
    },
    records: (from = 0, to = log.table.count) => readRecords(log, from, to, limitOf),
    replay: () => replayOf(readRecords(log, 0, log.table.count, limitOf), collectors),
    recorded: () => recordedIn(opened.samples, addNote),
    setReplayed: (share) => {
      // Each change is one that the replay itself is waiting for.
      if (replayed === share) return;
      replayed = share;
      changes.set(status());
    },
    follow: () => {
      following = indexed.then(
        () =>
          followFile(
            () => files,
            log,
            samples,
            { onGrown: readMore, onRotated: rotate, onNote: addNote },
            ended.signal,
          ),
        () => undefined,
      );
    },
    close: async () => {
      ended.abort();
      await Promise.allSettled([indexed, following]);
      changes.end();
      await Promise.all([log.close(), samples?.close()]);
    },
  };
}

async function* replayOf(
  records: AsyncIterable<CommandRecord>,
  collectors: readonly Collector[],
): AsyncGenerator<Sample> {
  const pipeline = createPipeline(collectors);
  for await (const record of records) yield* pipeline.push(record);
}

async function* recordedIn(samples: ReadableFile | null, addNote: (note: string) => void): AsyncGenerator<Sample> {
  if (samples === null) return;
  const tally: SampleTally = { read: 0, torn: 0, foreign: 0 };
  yield* readSamples(samples, tally);
  if (tally.torn > 0) addNote(`${plural(tally.torn, 'sample is', 'samples are')} torn.`);
  if (tally.foreign > 0) addNote(`${plural(tally.foreign, 'sample has', 'samples have')} another product's shape.`);
}
