import { stat } from 'node:fs/promises';
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
  /** Which parts of them cannot be read, in sentences. */
  readonly notes: readonly string[];
}

/** Whether a dump can be opened; throws what `openDump` would before it reads. */
export async function checkDump(path: string, step: string): Promise<void> {
  const { commands, samples } = await openLogs(await dumpFilesOf(path, step), step);
  await Promise.all([commands.close(), samples?.close()]);
}

/** Missing or unreadable, one of them is done without, and so is a part of one. What is no file at all is refused. */
export async function openLogs(files: DumpFiles, step: string): Promise<OpenLogs> {
  const commands = await openParts(files.commands, step);
  try {
    const samples = await openParts(files.samples, step);
    const [failure] = commands.failures;
    if (failure !== undefined && commands.parts.length + samples.parts.length === 0) throw failure;
    return {
      commands: await openLogFile(commands.parts),
      samples: samples.parts.length === 0 ? null : await openLogFile(samples.parts),
      notes: [commands, samples].flatMap(({ parts, failures }) =>
        parts.length === 0 ? [] : failures.map(({ message }) => message),
      ),
    };
  } catch (error) {
    await Promise.all(commands.parts.map(({ handle }) => handle.close()));
    throw error;
  }
}

/** What has become of logs that are open: `other` where what was read stands elsewhere now, or is gone. */
export type Rotated = 'not' | 'goes on' | 'other' | 'exchanged';

/**
 * Opens the files that the logs consist of by now: one that was rotated goes on in another. One that has lost its name
 * to a file that knows nothing of it stays what it was.
 */
export async function openRotated({ commands, samples }: OpenLogs, files: DumpFiles, step: string): Promise<Rotated> {
  const found = await openParts(files.commands, step, commands.parts);
  if (!found.parts.some(({ id }) => id === commands.parts.at(-1)?.id)) {
    const known = new Set(commands.parts.map(({ handle }) => handle));
    await Promise.all(found.parts.filter(({ handle }) => !known.has(handle)).map(({ handle }) => handle.close()));
    return 'exchanged';
  }
  const before = commands.parts.length;
  const goesOn = await commands.become(withGone(commands, found.parts));
  const beside = samples === null ? null : await openParts(files.samples, step, samples.parts);
  const samplesGoOn = beside === null || (await samples?.become(withGone(samples, beside.parts)));
  if (!goesOn || samplesGoOn === false) return 'other';
  return commands.parts.length > before ? 'goes on' : 'not';
}

/** What was removed or packed since can still be read, where it stood; else what is found tells the order. */
function withGone(log: LogFile, found: readonly LogPart[]): LogPart[] {
  const known = new Set(log.parts.map(({ id }) => id));
  const goesOnAt = found.findLastIndex(({ id }) => known.has(id)) + 1;
  const isSame = found.slice(0, goesOnAt).every(({ id }) => known.has(id));
  const named = new Map(found.map((part) => [part.id, part]));
  if (isSame) return [...log.parts.map((part) => named.get(part.id) ?? part), ...found.slice(goesOnAt)];
  return [...log.parts.filter(({ id }) => !named.has(id)), ...found];
}

/** @param known what is open already, and is not opened again */
async function openParts(
  paths: readonly string[],
  step: string,
  known: readonly LogPart[] = [],
): Promise<{ parts: LogPart[]; failures: FaultError[] }> {
  const parts: LogPart[] = [];
  const failures: FaultError[] = [];
  for (const path of paths) {
    try {
      const id = fileId(await stat(path));
      const open = known.find((part) => part.id === id);
      parts.push(open === undefined ? await openPart(path, step) : { ...open, path });
    } catch (error) {
      if (error instanceof FaultError) {
        await Promise.all(parts.filter((part) => !known.includes(part)).map(({ handle }) => handle.close()));
        throw error;
      }
      failures.push(dumpFault(error, step, path));
    }
  }
  return { parts, failures };
}

async function openPart(path: string, step: string): Promise<LogPart> {
  const handle = await openRegular(path, step);
  return { path, handle, id: fileId(await handle.stat()) };
}
