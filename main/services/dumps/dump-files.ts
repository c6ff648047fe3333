import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { FaultError } from '../../contract/faults.ts';
import { dumpEnding, dumpLogs } from '../../domain/dump/dump-logs.ts';
import { dumpFault } from './dump-fault.ts';
import { notesFileName } from './dump-notes.ts';

/** The files of a dump; one of the logs may be missing, and is null where it cannot be there. */
export interface DumpFiles {
  readonly directory: string;
  readonly commandsPath: string;
  readonly samplesPath: string | null;
  readonly notesPath: string;
}

const [commandsLog, samplesLog] = dumpLogs;

/**
 * A dump is a directory with two files, or one of these, or one file, the commands alone, under a name that says so.
 * Throws a `FaultError`: `not_found`, `not_permitted`, or `bad_input` for what is none of these.
 */
export async function dumpFilesOf(path: string, step: string): Promise<DumpFiles> {
  const found = await stat(path).catch((error) => Promise.reject(dumpFault(error, step, path)));
  // A folder may be called so too.
  if (!found.isDirectory() && path.endsWith(dumpEnding)) {
    return { directory: dirname(path), commandsPath: path, samplesPath: null, notesPath: `${path}.notes.json` };
  }
  if (!found.isDirectory() && !dumpLogs.some((name) => name === basename(path))) {
    const message = `${path} is neither a dump's directory nor a commands.log, nor a file whose name ends in ${dumpEnding}.`;
    throw new FaultError('bad_input', step, message);
  }
  const directory = found.isDirectory() ? path : dirname(path);
  return {
    directory,
    commandsPath: join(directory, commandsLog),
    samplesPath: join(directory, samplesLog),
    notesPath: join(directory, notesFileName),
  };
}
