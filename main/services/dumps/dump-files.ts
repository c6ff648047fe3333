import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { FaultError } from '../../contract/faults.ts';
import { type DumpLog, dumpEnding, dumpLogs } from '../../domain/dump/dump-logs.ts';
import { isLogName, isUnpackable, partDirectory, partOfDirectory } from '../../domain/dump/part-names.ts';
import { dumpFault } from './dump-fault.ts';
import { notesFileName } from './dump-notes.ts';
import { type PartFile, partDirectories, partsOfLog, unreadNotes } from './dump-parts.ts';
import { fileId } from './log-file.ts';

/** The files of a dump, those of all its parts where it was rotated; one of the logs may be missing. */
export interface DumpFiles {
  /** Of the first part. */
  readonly directory: string;
  /** What stands for all files of the log, as an index of them is known by. */
  readonly commandsPath: string;
  /** Null where it cannot be there. */
  readonly samplesPath: string | null;
  readonly notesPath: string;
  /** The files of each log, the oldest first. */
  readonly commands: readonly string[];
  readonly samples: readonly string[];
  /** Those that Rackside can unpack. */
  readonly packed: readonly string[];
  /** The commands that are written now, where they still are; and those of the part after that. */
  readonly newest: string;
  readonly next: string | null;
  /** Which parts are missing or not read, in sentences. */
  readonly notes: readonly string[];
}

export interface WhichFiles {
  /** Only the directory itself, and in it the two logs. */
  readonly isAlone?: boolean | undefined;
  /** A directory where parts that are packed lie unpacked, each under its `unpackedName`. */
  readonly unpackedIn?: string | undefined;
}

const [commandsLog, samplesLog] = dumpLogs;

/**
 * A dump is a directory with two files, or one of these, or one file, the commands alone, under a name that says so. One
 * that was rotated, in its directory or into others beside it, is all of them. Throws a `FaultError`: `not_found`,
 * `not_permitted`, or `bad_input` for what is none of these.
 */
export async function dumpFilesOf(
  path: string,
  step: string,
  { isAlone = false, unpackedIn }: WhichFiles = {},
): Promise<DumpFiles> {
  const found = await stat(path).catch((error) => Promise.reject(dumpFault(error, step, path)));
  // A folder may be called so too.
  if (!found.isDirectory() && path.endsWith(dumpEnding)) {
    return {
      ...{ directory: dirname(path), commandsPath: path, samplesPath: null, notesPath: `${path}.notes.json` },
      ...{ commands: [path], samples: [], packed: [], newest: path, next: null, notes: [] },
    };
  }
  if (!found.isDirectory() && !isLogName(basename(path))) {
    const message = `${path} is neither a dump's directory nor a commands.log, nor a file whose name ends in ${dumpEnding}.`;
    throw new FaultError('bad_input', step, message);
  }
  const named = found.isDirectory() ? path : dirname(path);
  const parts = isAlone ? { paths: [named], notes: [] } : await partDirectories(resolve(named));
  const [directory = named, last = named] = [parts.paths[0], parts.paths.at(-1)];
  const logs = await Promise.all(
    dumpLogs.map((log) => Promise.all(parts.paths.map((one) => (isAlone ? aloneIn(one, log) : partsOfLog(one, log))))),
  );
  const unread: PartFile[] = [];
  const packed: string[] = [];
  const pathsOf = async (files: readonly PartFile[]): Promise<string[]> => {
    const paths: string[] = [];
    for (const file of files) {
      if (isUnpackable(file.packing)) packed.push(file.path);
      const at = file.packing === null ? file.path : await unpackedOf(file.path, unpackedIn);
      if (at === null) unread.push(file);
      else paths.push(at);
    }
    return paths;
  };
  const [commands = [], samples = []] = await Promise.all(
    logs.map((one) => pathsOf(one.flatMap(({ files }) => files))),
  );
  const { first, number } = partOfDirectory(last);
  return {
    directory,
    commandsPath: join(directory, commandsLog),
    samplesPath: join(directory, samplesLog),
    notesPath: join(directory, notesFileName),
    ...{ commands, samples, packed, newest: join(last, commandsLog) },
    next: isAlone ? null : join(partDirectory(first, number + 1), commandsLog),
    notes: [...parts.notes, ...new Set(logs.flat().flatMap(({ notes }) => notes)), ...unreadNotes(unread)],
  };
}

/** What a part that is packed is called where it lies unpacked, whichever number it has by now. */
export async function unpackedName(path: string): Promise<string> {
  const found = await stat(path);
  return `${fileId(found)} ${found.size} ${found.mtimeMs}`.replaceAll(' ', '-');
}

async function unpackedOf(path: string, unpackedIn: string | undefined): Promise<string | null> {
  if (unpackedIn === undefined) return null;
  try {
    const at = join(unpackedIn, await unpackedName(path));
    return (await stat(at)).isFile() ? at : null;
  } catch {
    return null;
  }
}

function aloneIn(directory: string, log: DumpLog): Awaited<ReturnType<typeof partsOfLog>> {
  return { files: [{ path: join(directory, log), packing: null }], notes: [] };
}
