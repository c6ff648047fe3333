import type { Stats } from 'node:fs';
import { lstat, mkdir, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FaultError } from '../../contract/faults.ts';
import { dumpLogs } from '../../domain/dump/dump-logs.ts';

const groupAndOthersWrite = 0o022;
/** Null on Windows, where owners and modes say nothing. */
const uid = process.geteuid?.() ?? null;

function refusal(path: string, reason: string): FaultError {
  return new FaultError('not_permitted', 'record', `${path} ${reason}: choose a new directory.`);
}

/**
 * Makes the directory (0700) when it is not there, and refuses one in which somebody else could put or exchange files:
 * what a host says may be secret, and writing must not lead to another file. Answers whether it made it. Throws a
 * `FaultError` `not_permitted`.
 */
export async function claimDirectory(path: string): Promise<boolean> {
  const made = await makeDirectory(path);
  // One that we made is ours, also where a memory stick has no modes to say so.
  if (uid === null || made) return made;
  const [link, directory] = await Promise.all([lstat(path), stat(path)]);
  if (link.uid !== uid || directory.uid !== uid) throw refusal(path, 'belongs to another user');
  if ((directory.mode & groupAndOthersWrite) !== 0) throw refusal(path, 'is a directory that others can write to');
  return false;
}

/** Answers whether it was not there. Step by step: below `/proc` Node's own recursive way tries for ever. */
async function makeDirectory(path: string): Promise<boolean> {
  const make = () => mkdir(path, { mode: 0o700 });
  try {
    await make();
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && (await stat(path)).isDirectory()) return false;
    if (code !== 'ENOENT' || dirname(path) === path) throw error;
  }
  await makeDirectory(dirname(path));
  await make();
  return true;
}

/** Takes away the two files of a dump into which nothing was written, and its directory where that was made for it. */
export async function removeEmpty(directory: string, made: boolean): Promise<void> {
  for (const name of dumpLogs) {
    const path = join(directory, name);
    const found = await lstat(path).catch(() => null);
    if (found?.isFile() === true && found.size === 0) await rm(path).catch(() => {});
  }
  if (made) await rmdir(directory).catch(() => {});
}

/** Refuses a file that is there already and is not ours alone. Throws a `FaultError` `not_permitted`. */
export async function refuseForeignFile(path: string): Promise<void> {
  const found = await lstat(path).catch((error) => (error.code === 'ENOENT' ? null : Promise.reject(error)));
  if (found !== null) refuseForeignStats(path, found);
}

/** The same for a file of which these are the facts: asked again of what was really opened. */
export function refuseForeignStats(path: string, found: Stats): void {
  if (!found.isFile()) throw refusal(path, 'is not a regular file');
  if (uid !== null && found.uid !== uid) throw refusal(path, 'belongs to another user');
  // None: it was deleted meanwhile, which is told when it is written to.
  if (found.nlink > 1) throw refusal(path, 'has another name elsewhere');
}
