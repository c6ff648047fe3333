import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { DumpStatus } from '../../contract/dumps.ts';
import { toFault } from '../../contract/faults.ts';
import type { Host } from '../../contract/hosts.ts';
import { isUnpackable, rotatedLog } from '../../domain/dump/part-names.ts';
import { hostWords } from '../../domain/present/host-words.ts';
import { dumpFilesOf } from '../dumps/dump-files.ts';
import type { UnpackedDump } from '../dumps/unpack/dump-sink.ts';
import type { OnProgress, OpenArchive, UnpackCache } from '../dumps/unpack/unpack-cache.ts';
import { isArchive } from '../dumps/unpack/unpack-dump.ts';
import { dumpName, type ReplayedDump, type Replays } from '../replays/replays.ts';

/** Where an open dump comes from, when it does not lie where it was named, or not all of it. */
export interface DumpSource {
  /** What its host is called. */
  readonly name: string;
  /** What was named by whoever opened it. */
  readonly shownAs: string;
  /** Where its parts that are packed lie unpacked. */
  readonly unpackedIn?: string;
  /** What is to be said of it besides what the dump says. */
  notes(): readonly string[];
  /** How much of it is here, where it lies on a host. */
  onHost?(): DumpStatus['onHost'];
  /** What is asked of it, in other words or answered in another way. */
  wrap?(dump: ReplayedDump): ReplayedDump;
  close(): Promise<void>;
}

/** The dumps that are not opened as they lie, by the directory that they are opened in. */
export interface DumpSources {
  add(directory: string, source: DumpSource): void;
  describe(directory: string): { name: string; path: string; unpackedIn: string | null } | null;
  /** Opens it by `open`, with what its source has to say; the source is closed with it. */
  open(directory: string, open: () => Promise<ReplayedDump>): Promise<ReplayedDump>;
}

export function createDumpSources(): DumpSources {
  const sources = new Map<string, DumpSource>();

  async function closeSource(directory: string): Promise<void> {
    const source = sources.get(directory);
    sources.delete(directory);
    await source?.close();
  }

  return {
    add: (directory, source) => {
      sources.set(directory, source);
    },
    describe: (directory) => {
      const source = sources.get(directory);
      if (source === undefined) return null;
      return { name: source.name, path: source.shownAs, unpackedIn: source.unpackedIn ?? null };
    },
    open: async (directory, open) => {
      const source = sources.get(directory);
      if (source === undefined) return open();
      try {
        const opened = withStatus(await open(), source);
        const dump = source.wrap?.(opened) ?? opened;
        const close = async (): Promise<void> => {
          await dump.close();
          await closeSource(directory);
        };
        return { ...dump, close };
      } catch (error) {
        await closeSource(directory);
        throw error;
      }
    },
  };
}

function withStatus(dump: ReplayedDump, { shownAs, notes, onHost = () => null }: DumpSource): ReplayedDump {
  return {
    ...dump,
    client: {
      ...dump.client,
      'dumps.status': async function* (input, signal) {
        for await (const status of dump.client['dumps.status'](input, signal)) {
          yield { ...status, path: shownAs, onHost: onHost(), notes: [...notes(), ...status.notes] };
        }
      },
    },
  };
}

/** More hosts at once are none that anybody looks at. */
const maxOpened = 20;

/**
 * Opens what a path names: a dump where it lies, or all dumps of an archive, each as a host; the first one is answered.
 * Throws a `FaultError` where none could be opened.
 * @param onProgress how far an archive is unpacked
 */
export async function openPath(
  path: string,
  { replays, sources, archives }: { replays: Replays; sources: DumpSources; archives: UnpackCache },
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<Host> {
  const isFile = await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!isFile || isPart(path) || !(await isArchive(path))) {
    await unpackPartsOf(path, sources, archives, signal, onProgress);
    return replays.open(path);
  }
  const archive = await archives.open(path, signal, onProgress);
  const notes = [...archive.notes];
  if (archive.dumps.length > maxOpened) {
    notes.push(`The archive holds ${archive.dumps.length} dumps; the first ${maxOpened} are open.`);
  }
  const dumps = archive.dumps.slice(0, maxOpened);
  addArchive(path, archive, dumps, notes, sources);
  let host: Host | null = null;
  let failure: unknown = null;
  for (const dump of dumps) {
    try {
      const opened = await replays.open(dump.path);
      host ??= opened;
    } catch (error) {
      failure ??= error;
      notes.push(`${hostWords(dump.name)} could not be opened: ${toFault(error, 'open dump').message}`);
    }
  }
  if (host === null) throw failure;
  return host;
}

/** A part of a dump is opened with the others, packed or not. */
export function isPart(path: string): boolean {
  const part = rotatedLog(basename(path));
  return part !== null && (part.packing === null || isUnpackable(part.packing));
}

/** Has the parts of a dump that are packed lie unpacked until it is closed. */
async function unpackPartsOf(
  path: string,
  sources: DumpSources,
  archives: UnpackCache,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<void> {
  const at = resolve(path);
  // What cannot be opened is told by who opens it.
  const packed = await dumpFilesOf(path, 'open dump').then(
    (files) => files.packed,
    () => [],
  );
  if (packed.length === 0 || sources.describe(at) !== null) return;
  const { directory, notes, close } = await archives.openParts(packed, signal, onProgress);
  // Somebody else may have opened it meanwhile.
  if (sources.describe(at) !== null) return close();
  sources.add(at, { name: dumpName(at), shownAs: at, unpackedIn: directory, notes: () => notes, close });
}

/** The archive stays until its last dump is closed. Those that are open already have what they need. */
function addArchive(
  path: string,
  archive: OpenArchive,
  dumps: readonly UnpackedDump[],
  notes: readonly string[],
  sources: DumpSources,
): void {
  const added = dumps.filter((dump) => sources.describe(dump.path) === null);
  let open = added.length;
  const closeOne = async (): Promise<void> => {
    open -= 1;
    if (open <= 0) await archive.close();
  };
  for (const dump of added) {
    const name = nameOf(path, dump.name, dumps.length);
    sources.add(dump.path, { name, shownAs: path, notes: () => notes, close: closeOne });
  }
  if (added.length === 0) void archive.close();
}

/** By its directory in the archive where that tells more than the archive's own name. */
export function nameOf(path: string, directory: string, dumps: number): string {
  const own = basename(path).replace(/(\.tar)?\.(gz|tgz|zst|zip|tar)$/i, '');
  if (directory === '') return own;
  return dumps > 1 ? directory : (directory.split('/').at(-1) ?? own);
}
