import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { FaultError } from '../../contract/faults.ts';
import { dumpFault } from './dump-fault.ts';
import { notesFileName } from './dump-notes.ts';

/** The files of a dump; one of the logs may be missing, and is null where it cannot be there. */
export interface DumpFiles {
  readonly directory: string;
  readonly commandsPath: string;
  readonly samplesPath: string | null;
  readonly notesPath: string;
}

/** What a desktop knows dumps by; a folder may be called so too. */
const dumpEnding = '.rackside-dump';
const logs = ['commands.log', 'samples.log'];

/**
 * A dump is a directory with two files, or one of these, or one file, the commands alone, under a name that says so.
 * Throws a `FaultError`: `not_found`, `not_permitted`, or `bad_input` for what is none of these.
 */
export async function dumpFilesOf(path: string, step: string): Promise<DumpFiles> {
  const found = await stat(path).catch((error) => Promise.reject(dumpFault(error, step, path)));
  if (!found.isDirectory() && path.endsWith(dumpEnding)) {
    return { directory: dirname(path), commandsPath: path, samplesPath: null, notesPath: `${path}.notes.json` };
  }
  if (!found.isDirectory() && !logs.includes(basename(path))) {
    const message = `${path} is neither a dump's directory nor a commands.log, nor a file whose name ends in ${dumpEnding}.`;
    throw new FaultError('bad_input', step, message);
  }
  const directory = found.isDirectory() ? path : dirname(path);
  return {
    directory,
    commandsPath: join(directory, 'commands.log'),
    samplesPath: join(directory, 'samples.log'),
    notesPath: join(directory, notesFileName),
  };
}
