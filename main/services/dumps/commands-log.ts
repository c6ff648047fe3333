import { FaultError } from '../../contract/faults.ts';
import type { Collector } from '../../domain/collect/collector.ts';
import { type CommandTable, createCommandTable, type DumpCommand } from '../../domain/dump/command-table.ts';
import { createEntryTable, type EntryTable } from '../../domain/dump/entry-table.ts';
import { createFileIndex, type IndexKeeper, type KeptIndex } from './kept-index.ts';
import type { LogFile } from './log-file.ts';
import { scanFile } from './scan-file.ts';

/** A `commands.log` with the index of its entries, which grows when the file does. */
export interface CommandsLog {
  readonly path: string;
  readonly file: LogFile;
  readonly table: EntryTable;
  readonly commands: CommandTable;
  /** How much of the file is to be indexed, and how much of it is. */
  readonly size: number;
  readonly readBytes: number;
  readonly skippedBytes: number;
  /** False where the sizes in the file turned out to be wrong too often. */
  readonly trustedSizes: boolean;
  /** Whether an index from before was taken. */
  readonly reused: boolean;
  /** Goes up where all positions are void: the scan began again, or the file did. */
  readonly revision: number;
  /** Indexes what there is from where it stopped; `afresh` where the file is not what it was. */
  read(signal: AbortSignal, afresh?: boolean): Promise<void>;
  close(): Promise<void>;
}

interface Meta {
  readonly count: number;
  readonly commands: readonly DumpCommand[];
  readonly skippedBytes: number;
  readonly trustedSizes: boolean;
}

/** What `read` calls while it goes on, so that somebody can be told. */
export type OnProgress = () => void;

export function createCommandsLog(
  path: string,
  file: LogFile,
  options: {
    /** Bytes of the file now. */
    size: number;
    collectors: readonly Collector[];
    keeper: IndexKeeper | null;
    onProgress: OnProgress;
  },
): CommandsLog {
  const { collectors, onProgress } = options;
  let table = createEntryTable();
  let commands = createCommandTable(collectors);
  let { size } = options;
  let readBytes = 0;
  let skippedBytes = 0;
  let trustedSizes = true;
  let reused = false;
  let revision = 0;
  /** Of how much of the file the index is; 0 while it is made. */
  let wholeBytes = 0;
  const index = createFileIndex(path, file, options.keeper);

  function clear(): void {
    reused = false;
    table = createEntryTable();
    commands = createCommandTable(collectors);
    readBytes = 0;
    skippedBytes = 0;
  }

  async function takeKept(): Promise<boolean> {
    const found = await index.take(size);
    if (found === null) return false;
    const meta = found.meta as Meta;
    commands.load(meta.commands);
    table.load(found.columns, meta.count);
    ({ skippedBytes, trustedSizes } = meta);
    readBytes = wholeBytes = found.size;
    reused = true;
    return found.unchanged;
  }

  function indexNow(): KeptIndex {
    const meta: Meta = { count: table.count, commands: commands.commands, skippedBytes, trustedSizes };
    return { meta, columns: table.blocks.map(({ buffer }) => buffer) };
  }

  async function scan(signal: AbortSignal): Promise<void> {
    // The last entry may have been cut by the end of the file as it was: it is read again.
    const last = table.count - 1;
    const from = last < 0 ? 0 : table.place(last).offset;
    if (last >= 0) table.cutTo(last);
    const end = await scanFile(
      file,
      {
        fileSize: size,
        trustSizes: trustedSizes,
        commandIdOf: (bytes, start, to) => commands.idOf(bytes, start, to),
        resume: { offset: from, entries: table.count, latest: table.last ?? Number.NEGATIVE_INFINITY },
        onEntry: (entry) => table.add(entry, commands.isAbsence(entry.commandId, entry.head.exit, entry.size)),
        onRead: (bytes) => {
          readBytes = bytes;
          onProgress();
        },
      },
      signal,
    );
    if (end.distrusted) {
      clear();
      revision += 1;
      trustedSizes = false;
      return scan(signal);
    }
    skippedBytes += end.skippedBytes;
    readBytes = size;
    onProgress();
  }

  return {
    path,
    file,
    get table() {
      return table;
    },
    get commands() {
      return commands;
    },
    get size() {
      return size;
    },
    get readBytes() {
      return readBytes;
    },
    get skippedBytes() {
      return skippedBytes;
    },
    get trustedSizes() {
      return trustedSizes;
    },
    get reused() {
      return reused;
    },
    get revision() {
      return revision;
    },
    read: async (signal, afresh = false) => {
      if (afresh) {
        clear();
        trustedSizes = true;
        index.forget();
        revision += 1;
      }
      ({ size } = await file.stat());
      if (await takeKept()) return;
      wholeBytes = 0;
      await scan(signal);
      wholeBytes = size;
      await index.keepFirst(wholeBytes, indexNow);
    },
    close: async () => {
      await index.keepLast(wholeBytes, indexNow);
      await file.close();
    },
  };
}

/** Throws a `FaultError` `not_found` for a position that there is not. */
export function assertPosition({ table }: CommandsLog, position: number): void {
  if (position < table.count) return;
  throw new FaultError('not_found', 'dump', `There is no entry ${position}: the dump has ${table.count}.`);
}
