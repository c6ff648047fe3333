import { posix } from 'node:path';
import { FaultError } from '../../../contract/faults.ts';
import type { FileStat, HostFiles } from '../../../domain/collect/host-files.ts';
import { type DumpLog, dumpLogs } from '../../../domain/dump/dump-logs.ts';
import { type PartPacking, partDirectory, partOfDirectory, rotatedLog } from '../../../domain/dump/part-names.ts';
import { hostWords } from '../../../domain/present/host-words.ts';
import { type PartPlace, partDirectories, partsOfLog } from '../dump-parts.ts';

/** A file of a dump on a host. */
export interface PartOnHost {
  readonly log: DumpLog;
  readonly path: string;
  readonly size: number;
  readonly packing: PartPacking | null;
  /** Where it goes in a copy: a directory for each part of the recording, and the name that it has. */
  readonly to: string;
}

const step = 'open on host';
const maxNames = 10_000;
/** What a directory of the host may be called here too; a host's name is no path of ours. */
const plainName = /^\w[\w.-]{0,80}$/;

/**
 * The files of a dump, by its directory or one of its logs, those of all its parts where it was rotated: of each log the
 * oldest first. Throws a `FaultError`: `not_found`, `not_permitted`, `bad_input` when it is no dump, and what the link
 * says.
 */
export async function partsOnHost(files: HostFiles, path: string): Promise<PartOnHost[]> {
  const { type, size } = await files.stat(path);
  const name = posix.basename(path);
  const named = dumpLogs.find((log) => log === name) ?? rotatedLog(name)?.log;
  if (type === 'file' && named === undefined) {
    return [{ log: 'commands.log', path, size, packing: null, to: '1/commands.log' }];
  }
  const directory = type === 'file' ? posix.dirname(path) : path.replace(/(?!^)\/+$/, '');
  const stats = statsOf(files);
  const directories = await partDirectories(directory, stats);
  const parts: PartOnHost[] = [];
  for (const log of dumpLogs) {
    for (const one of directories.paths) {
      for (const file of (await partsOfLog(one, log, stats)).files) {
        const found = await stats.stat(file.path);
        if (found === null) continue;
        const to = posix.join(directoryHere(one), posix.basename(file.path));
        parts.push({ log, path: file.path, size: found.size, packing: file.packing, to });
      }
    }
  }
  if (parts.length > 0) return parts;
  const message = `${hostWords(path)} holds no dump: neither a commands.log nor a samples.log.`;
  throw new FaultError('bad_input', step, message);
}

/** Under a name that says in notes which one is meant. */
function directoryHere(directory: string): string {
  const { first, number } = partOfDirectory(posix.basename(directory));
  return partDirectory(plainName.test(first) ? first : '1', number);
}

/** Each directory is asked once; where it cannot be listed, the two logs are asked for by their names. */
function statsOf(files: HostFiles): PartPlace & { stat(path: string): Promise<FileStat | null> } {
  const listed = new Map<string, Promise<Map<string, FileStat> | null>>();
  const list = (directory: string): Promise<Map<string, FileStat> | null> => {
    const known = listed.get(directory);
    if (known !== undefined) return known;
    const asked = files.list(directory, maxNames).then(
      ({ entries }) => new Map(entries.map((entry) => [entry.name, entry])),
      () => null,
    );
    listed.set(directory, asked);
    return asked;
  };
  const stat = async (path: string): Promise<FileStat | null> => {
    const names = await list(posix.dirname(path));
    const found = names === null ? await files.stat(path).catch(orMissing) : names.get(posix.basename(path));
    // A link is told as such by some hosts.
    const target = found?.type === 'other' ? await files.stat(path).catch(orMissing) : found;
    return target?.type === 'file' ? target : null;
  };
  return {
    path: posix,
    stat,
    names: async (directory) => [...((await list(directory)) ?? new Map()).keys()],
    bytes: async (path) => (await stat(path))?.size ?? 0,
  };
}

function orMissing(error: unknown): null {
  if (error instanceof FaultError && error.fault.code === 'not_found') return null;
  throw error;
}
