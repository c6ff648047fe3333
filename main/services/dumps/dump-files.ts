import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { FaultError } from '../../contract/faults.ts';
import { type DumpLog, dumpEnding, dumpLogs } from '../../domain/dump/dump-logs.ts';
import { partDirectory, partOfDirectory } from '../../domain/dump/part-names.ts';
import { dumpFault } from './dump-fault.ts';
import { notesFileName } from './dump-notes.ts';
import { partDirectories, partsOfLog } from './dump-parts.ts';

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
  /** The commands that are written now, where they still are; and those of the part after that. */
  readonly newest: string;
  readonly next: string | null;
  /** Which parts are missing, in sentences. */
  readonly notes: readonly string[];
}

const [commandsLog, samplesLog] = dumpLogs;

/**
 * A dump is a directory with two files, or one of these, or one file, the commands alone, under a name that says so. One
 * that was rotated, in its directory or into others beside it, is all of them. Throws a `FaultError`: `not_found`,
 * `not_permitted`, or `bad_input` for what is none of these.
 * @param isAlone only the directory itself, and in it the two logs
 */
export async function dumpFilesOf(path: string, step: string, isAlone = false): Promise<DumpFiles> {
  const found = await stat(path).catch((error) => Promise.reject(dumpFault(error, step, path)));
  // A folder may be called so too.
  if (!found.isDirectory() && path.endsWith(dumpEnding)) {
    return {
      ...{ directory: dirname(path), commandsPath: path, samplesPath: null, notesPath: `${path}.notes.json` },
      ...{ commands: [path], samples: [], newest: path, next: null, notes: [] },
    };
  }
  if (!found.isDirectory() && !dumpLogs.some((name) => name === basename(path))) {
    const message = `${path} is neither a dump's directory nor a commands.log, nor a file whose name ends in ${dumpEnding}.`;
    throw new FaultError('bad_input', step, message);
  }
  const named = found.isDirectory() ? path : dirname(path);
  const parts = isAlone ? { paths: [named], notes: [] } : await partDirectories(named);
  const [directory = named, last = named] = [parts.paths[0], parts.paths.at(-1)];
  const logs = await Promise.all(
    dumpLogs.map((log) => Promise.all(parts.paths.map((one) => (isAlone ? aloneIn(one, log) : partsOfLog(one, log))))),
  );
  const [commands = [], samples = []] = logs.map((files) => files.flatMap(({ paths }) => paths));
  const { first, number } = partOfDirectory(last);
  return {
    directory,
    commandsPath: join(directory, commandsLog),
    samplesPath: join(directory, samplesLog),
    notesPath: join(directory, notesFileName),
    ...{ commands, samples, newest: join(last, commandsLog) },
    next: isAlone ? null : join(partDirectory(first, number + 1), commandsLog),
    notes: [...parts.notes, ...new Set(logs.flat().flatMap(({ notes }) => notes))],
  };
}

function aloneIn(directory: string, log: DumpLog): { paths: string[]; notes: string[] } {
  return { paths: [join(directory, log)], notes: [] };
}
