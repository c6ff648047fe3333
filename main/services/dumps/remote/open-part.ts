import { posix } from 'node:path';
import { FaultError } from '../../../contract/faults.ts';
import type { HostFiles, OpenFile } from '../../../domain/collect/host-files.ts';
import { rotatedLog } from '../../../domain/dump/part-names.ts';
import { hostWords } from '../../../domain/present/host-words.ts';

/** How a file of a host is known again: a log begins with the instant of its first entry. */
export interface KnownFile {
  /** Where it was last. */
  path: string;
  /** It has no less than this. */
  readonly size: number;
  /** What it begins with; null before that is known. */
  start: Uint8Array | null;
}

/** Enough to tell one log from another. */
export const startBytes = 128;
const maxNames = 10_000;
/** A log moves by one name with each rotation. */
const maxTried = 10;

/**
 * Opens a file of a dump, also where a rotation has given it another name since, and keeps that. One that became shorter
 * is opened as it is. Throws `not_found` where it is not there any more.
 */
export async function openPart(files: HostFiles, known: KnownFile): Promise<OpenFile> {
  const opened = await files.open(known.path).catch((error) => {
    if (error instanceof FaultError && error.fault.code === 'not_found') return null;
    throw error;
  });
  const isOurs = opened !== null && (await beginsAlike(opened, known));
  if (opened !== null && isOurs && opened.stat.size >= known.size) return opened;
  const moved = known.start === null ? null : await openMoved(files, known);
  if (moved === null && opened !== null && isOurs) return opened;
  opened?.close();
  if (moved !== null) return moved;
  const message = `${hostWords(known.path)} is not on the host any more, or is another file by now: open the dump again.`;
  throw new FaultError('not_found', 'pull', message);
}

async function openMoved(files: HostFiles, known: KnownFile): Promise<OpenFile | null> {
  const before = rotatedLog(posix.basename(known.path));
  const log = before?.log ?? posix.basename(known.path);
  const directory = posix.dirname(known.path);
  const { entries } = await files.list(directory, maxNames).catch(() => ({ entries: [] }));
  const candidates = entries
    .map(({ name, size }) => ({ name, size, part: rotatedLog(name) }))
    .filter(({ size, part }) => part?.log === log && part.packing === (before?.packing ?? null) && size >= known.size)
    .sort((a, b) => (a.part?.number ?? 0) - (b.part?.number ?? 0))
    .filter(({ part }) => (part?.number ?? 0) > (before?.number ?? 0));
  for (const { name } of candidates.slice(0, maxTried)) {
    const path = posix.join(directory, name);
    const opened = await files.open(path);
    if (await beginsAlike(opened, known)) {
      known.path = path;
      return opened;
    }
    opened.close();
  }
  return null;
}

async function beginsAlike(opened: OpenFile, { start }: KnownFile): Promise<boolean> {
  if (start === null) return true;
  try {
    return Buffer.from(await opened.read(0, start.length)).equals(start);
  } catch (error) {
    opened.close();
    throw error;
  }
}
