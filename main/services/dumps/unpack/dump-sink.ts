import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { dumpMember } from '../../../domain/archive/dump-member.ts';
import { partDirectory, partOfDirectory } from '../../../domain/dump/part-names.ts';
import { hostWords } from '../../../domain/present/host-words.ts';
import type { UnpackLimits, UnpackMeter } from './unpack-limits.ts';

/** A dump that was found in an archive. */
export interface UnpackedDump {
  /** Its directory on this disk. */
  readonly path: string;
  /** Its directory in the archive, that of its first part, as the archive names it; empty at the top. */
  readonly name: string;
  readonly bytes: number;
}

/** One file of a dump on its way out. */
export interface MemberFile {
  write(bytes: Uint8Array): Promise<void>;
  /** One that did not come whole takes no other's place. */
  end(isWhole: boolean): Promise<void>;
}

export type MemberKind = 'file' | 'directory' | 'link' | 'special' | 'sparse';

/**
 * Where members of an archive go: those that are files of a dump, into numbered directories of our own. No name out of
 * the archive becomes a path, and nothing but regular files is made.
 */
export interface DumpSink {
  /** Null where the member is not kept. */
  begin(name: string, kind: MemberKind): Promise<MemberFile | null>;
  note(sentence: string): void;
  /** Closes what is open, and says what was met. */
  finish(): Promise<{ dumps: UnpackedDump[]; notes: string[] }>;
}

interface SinkDump {
  /** The directory of its first part. */
  readonly first: string;
  /** The directories that there are. */
  readonly made: Set<string>;
  /** Bytes of its files, by their paths. */
  readonly sizes: Map<string, number>;
}

const maxNotes = 20;

export function createDumpSink(into: string, limits: UnpackLimits, meter: UnpackMeter): DumpSink {
  const dumps = new Map<string, SinkDump>();
  const notes: string[] = [];
  const open = new Set<FileHandle>();
  let unnoted = 0;
  let outside = 0;

  function note(sentence: string): void {
    if (notes.includes(sentence)) return;
    if (notes.length < maxNotes) notes.push(sentence);
    else unnoted += 1;
  }

  function dumpOf(name: string): SinkDump | null {
    const known = dumps.get(name);
    if (known !== undefined) return known;
    if (dumps.size === limits.maxDumps) {
      note(`The archive holds more than ${limits.maxDumps} dumps; the others were left out.`);
      return null;
    }
    const dump = { first: join(into, String(dumps.size + 1)), made: new Set<string>(), sizes: new Map() };
    dumps.set(name, dump);
    return dump;
  }

  /** A recording that went on in further directories lies in such ones here too. */
  async function directoryIn(dump: SinkDump, number: number): Promise<string> {
    const directory = partDirectory(dump.first, number);
    if (!dump.made.has(directory)) await mkdir(directory, { mode: 0o700 });
    dump.made.add(directory);
    return directory;
  }

  async function begin(name: string, kind: MemberKind): Promise<MemberFile | null> {
    meter.member();
    const member = dumpMember(name);
    if (member.type === 'outside') outside += 1;
    if (member.type !== 'dump' || kind === 'directory') return null;
    if (kind !== 'file') {
      note(`${hostWords(name)} is ${kindWords[kind]}, and was left out.`);
      return null;
    }
    const { first, number } = partOfDirectory(member.directory);
    const dump = dumpOf(first);
    if (dump === null) return null;
    const path = join(await directoryIn(dump, number), member.file);
    const isSecond = dump.sizes.has(path);
    if (isSecond) note(`${hostWords(name)} is in the archive more than once: the last one that is whole is opened.`);
    return fileAt(isSecond ? `${path}.new` : path, path, (bytes) => dump.sizes.set(path, bytes));
  }

  async function fileAt(at: string, path: string, onKept: (bytes: number) => void): Promise<MemberFile> {
    const handle = await openFile(at);
    open.add(handle);
    let bytes = 0;
    return {
      write: async (chunk) => {
        meter.keeps(chunk.length);
        for (let done = 0; done < chunk.length; ) done += (await handle.write(chunk, done)).bytesWritten;
        bytes += chunk.length;
      },
      end: async (isWhole) => {
        open.delete(handle);
        await handle.close();
        if (at === path) return onKept(bytes);
        if (!isWhole) return rm(at);
        await rename(at, path);
        onKept(bytes);
      },
    };
  }

  return {
    begin,
    note,
    finish: async () => {
      await Promise.all([...open].map((handle) => handle.close()));
      if (outside > 0) {
        const names = outside === 1 ? '1 name leads' : `${outside} names lead`;
        note(`${names} out of the archive, and ${outside === 1 ? 'was' : 'were'} left out.`);
      }
      const found = [...dumps].map(([name, { first, made, sizes }]) => ({
        path: [...made][0] ?? first,
        name,
        bytes: [...sizes.values()].reduce((sum, size) => sum + size, 0),
      }));
      return { dumps: found, notes: unnoted > 0 ? [...notes, `${unnoted} more such notes were left out.`] : notes };
    },
  };
}

const kindWords: Readonly<Record<Exclude<MemberKind, 'file' | 'directory'>, string>> = {
  link: 'a link',
  special: 'a device or a FIFO',
  sparse: 'stored with holes (tar --sparse), which Rackside does not unpack',
};

const openFile = (path: string): Promise<FileHandle> => open(path, 'wx', 0o600);
