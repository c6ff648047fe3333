import { FaultError } from '../../contract/faults.ts';
import { dumpFault } from './dump-fault.ts';
import { type DumpFiles, dumpFilesOf } from './dump-files.ts';
import { fileId, type LogFile, type LogPart, openLogFile } from './log-file.ts';
import { openRegular } from './open-regular.ts';

/** The logs of a dump, open; one of them may be missing. */
export interface OpenLogs {
  /** Without a file where there is none. */
  readonly commands: LogFile;
  readonly samples: LogFile | null;
}

/** Whether a dump can be opened; throws what `openDump` would before it reads. */
export async function checkDump(path: string, step: string): Promise<void> {
  const { commands, samples } = await openLogs(await dumpFilesOf(path, step), step);
  await Promise.all([commands.close(), samples?.close()]);
}

/** Missing or unreadable, one of them is done without. What is no file at all is refused. */
export async function openLogs({ commandsPath, samplesPath }: DumpFiles, step: string): Promise<OpenLogs> {
  const commands = await openPart(commandsPath, step);
  try {
    const samples = samplesPath === null ? null : await openPart(samplesPath, step);
    if (commands instanceof Error && !isOpen(samples)) throw dumpFault(commands, step, commandsPath);
    return {
      commands: await openLogFile(isOpen(commands) ? [commands] : []),
      samples: isOpen(samples) ? await openLogFile([samples]) : null,
    };
  } catch (error) {
    if (isOpen(commands)) await commands.handle.close();
    throw error;
  }
}

async function openPart(path: string, step: string): Promise<LogPart | Error> {
  try {
    const handle = await openRegular(path, step);
    return { path, handle, id: fileId(await handle.stat()) };
  } catch (error) {
    if (error instanceof FaultError) throw error;
    return error as Error;
  }
}

function isOpen(part: LogPart | Error | null): part is LogPart {
  return part !== null && !(part instanceof Error);
}
