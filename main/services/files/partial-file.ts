import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, lstat, open, realpath, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { FaultError } from '../../contract/faults.ts';
import type { FileStat } from '../../domain/collect/host-files.ts';
import { giveName } from './give-name.ts';

/** What a part was taken from: of anything else it is no part. */
interface Source extends Pick<FileStat, 'size' | 'modifiedAt'> {
  readonly path: string;
}

/** A file on its way to this machine: `NAME.part`, and beside it what it is a part of. Only its owner may read it. */
export interface PartialFile {
  /** Bytes that were there from before. */
  readonly from: number;
  /** Why it was begun anew, although there was a part; null where there was none, or where it goes on. */
  readonly anew: string | null;
  append(bytes: Uint8Array): Promise<void>;
  /** SHA-256 of all that is there, in hex. */
  checksum(): Promise<string>;
  /** It is whole: gets its name. Throws `bad_input` where a file of that name has come meanwhile; the part stays then. */
  finish(): Promise<void>;
  /** Stays for a later resume. */
  leave(): Promise<void>;
}

/** Of this process. */
const underWay = new Set<string>();

/**
 * Throws `bad_input` where there is a file of that name already, `busy` where one is on its way to it, `not_permitted`
 * where none can be written. What lies there as a part and is not a file of ours alone is neither followed nor kept.
 */
export async function openPartial(to: string, source: Source, resume: boolean): Promise<PartialFile> {
  const name = join(await realpath(dirname(to)).catch(() => dirname(to)), basename(to));
  if (underWay.has(name)) throw new FaultError('busy', 'pull', `A file is on its way to ${to} already.`);
  underWay.add(name);
  try {
    if ((await lstat(to).catch(() => null)) !== null) throw isThere(to);
    return await openPart(to, source, resume, () => underWay.delete(name));
  } catch (error) {
    underWay.delete(name);
    throw error;
  }
}

async function openPart(to: string, source: Source, resume: boolean, onEnd: () => void): Promise<PartialFile> {
  const part = `${to}.part`;
  const notes = `${part}.source`;
  const before = resume ? await knownPart(part, notes, source) : { handle: null, from: 0, anew: null };
  const handle = before.handle ?? (await newPart(part, notes, source));
  let at = before.from;
  return {
    from: before.from,
    anew: before.anew,
    async append(bytes) {
      for (let done = 0; done < bytes.length; ) {
        const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, at).catch((error) => {
          throw unwritten(part, error);
        });
        done += bytesWritten;
        at += bytesWritten;
      }
    },
    async checksum() {
      const hash = createHash('sha256');
      for await (const chunk of handle.createReadStream({ start: 0, autoClose: false })) hash.update(chunk);
      return hash.digest('hex');
    },
    async finish() {
      await handle.sync();
      await mustBe(handle, part);
      await handle.close();
      await giveName(part, to).catch((error: NodeJS.ErrnoException) => {
        throw error.code === 'EEXIST' ? isThere(to) : unwritten(to, error);
      });
      await rm(notes, { force: true });
      onEnd();
    },
    async leave() {
      onEnd();
      await handle.close();
    },
  };
}

async function newPart(part: string, notes: string, source: Source): Promise<FileHandle> {
  try {
    await Promise.all([rm(part, { force: true }), rm(notes, { force: true })]);
    await writeFile(notes, JSON.stringify(source), { mode: 0o600, flag: 'wx' });
    return await open(part, 'wx+', 0o600);
  } catch (error) {
    throw unwritten(part, error);
  }
}

interface KnownPart {
  /** Null: it cannot go on with what is there. */
  readonly handle: FileHandle | null;
  readonly from: number;
  readonly anew: string | null;
}

async function knownPart(part: string, notes: string, source: Source): Promise<KnownPart> {
  const anew = (why: string | null): KnownPart => ({ handle: null, from: 0, anew: why });
  if ((await lstat(part).catch(() => null)) === null) return anew(null);
  const text = await readOurs(notes);
  if (text === null) return anew('What the part was taken from is not known, so it is taken anew.');
  if (text !== JSON.stringify(source)) return anew('The file on the host has changed, so it is taken anew.');
  const handle = await openOurs(part, constants.O_RDWR);
  if (handle === null) return anew('The part here is not a file of yours alone, so it is taken anew.');
  const from = Math.min((await handle.stat()).size, source.size);
  await handle.truncate(from);
  return { handle, from, anew: null };
}

async function readOurs(path: string): Promise<string | null> {
  const handle = await openOurs(path, constants.O_RDONLY);
  return handle === null ? null : handle.readFile('utf8').finally(() => handle.close());
}

/** A file that is ours and that nobody else may touch; null for any other, and for a link to one. */
async function openOurs(path: string, flags: number): Promise<FileHandle | null> {
  // Windows knows neither flag, nor owners and modes like these.
  const { O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
  const handle = await open(path, flags | O_NOFOLLOW | O_NONBLOCK).catch(() => null);
  if (handle === null) return null;
  const stats = await handle.stat();
  const owner = process.getuid?.() ?? null;
  const isPrivate = owner === null || (stats.uid === owner && (stats.mode & 0o077) === 0);
  if (stats.isFile() && stats.nlink === 1 && isPrivate) return handle;
  await handle.close();
  return null;
}

/** Another process may have begun the same file anew, and then its name is not for these bytes. */
async function mustBe(handle: FileHandle, part: string): Promise<void> {
  const [held, there] = await Promise.all([
    handle.stat({ bigint: true }),
    lstat(part, { bigint: true }).catch(() => null),
  ]);
  if (there !== null && held.ino === there.ino && held.dev === there.dev) return;
  throw new FaultError('busy', 'pull', `Something else has taken the place of ${part}: is it pulled twice?`);
}

function isThere(to: string): FaultError {
  return new FaultError('bad_input', 'pull', `There is a ${to} here already; nothing is written over.`);
}

function unwritten(path: string, error: unknown): FaultError {
  const { code, message } = error as NodeJS.ErrnoException;
  const why = code === 'ENOSPC' ? 'the disk is full' : message;
  return new FaultError('not_permitted', 'pull', `${path} cannot be written here: ${why}.`, { cause: error });
}
