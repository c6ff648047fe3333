import { linkSync, mkdirSync, readFileSync, rmdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const claimSchema = z.object({
  /** Random, and never used twice: a claim is this owner's, not that of a later process with the same id. */
  id: z.string().min(1),
  pid: z.int().positive(),
  machine: z.string(),
  version: z.string(),
  /** Where the owner listens: a Unix socket's path, or the name of a pipe. */
  address: z.string(),
  /** What an attaching shell must show; the file is readable by its user only. */
  secret: z.string(),
});

/** What the owner of a data folder leaves there for those that come after it. */
export type Claim = Readonly<z.infer<typeof claimSchema>>;

/** What stands in a lock file that nobody wrote whole: a claim of nobody, which is stale once it is old. */
const nobody: Claim = { id: '', pid: 0, machine: '', version: '', address: '', secret: '' };

export const heartbeatMs = 5_000;
/** A heartbeat that is older was made by a process that is gone or hangs. */
export const staleMs = 20_000;

const lockFile = (folder: string): string => join(folder, 'owner.lock');
const takeoverFolder = (folder: string): string => join(folder, 'owner.takeover');

/** The claim on the folder, or null where there is none. An unreadable one is a claim of nobody. */
export function readClaim(folder: string): Claim | null {
  try {
    return claimSchema.safeParse(JSON.parse(readFileSync(lockFile(folder), 'utf8'))).data ?? nobody;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    if (error instanceof SyntaxError) return nobody;
    throw error;
  }
}

/** False when somebody else's claim stands. The file appears whole or not at all: it is linked in, once written. */
export function tryClaim(folder: string, claim: Claim): boolean {
  const draft = `${lockFile(folder)}.${claim.id}`;
  writeFileSync(draft, JSON.stringify(claim), { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, lockFile(folder));
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    // Without hard links (FAT, some network folders) the file is made in two steps, which a starter may see half done.
    if (code === 'EPERM' || code === 'ENOTSUP' || code === 'ENOSYS') return claimWithoutLink(folder, claim);
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function claimWithoutLink(folder: string, claim: Claim): boolean {
  try {
    writeFileSync(lockFile(folder), JSON.stringify(claim), { mode: 0o600, flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Removes the claim of an owner that is gone, if it still stands. Two starters may have judged the same claim: the
 * second must not remove what the first put in its place, so looking and removing happen behind one folder that only
 * one of them can make, without a pause in between.
 */
export function removeStale(folder: string, stale: Claim): void {
  if (!enterTakeover(folder)) return;
  try {
    if (readClaim(folder)?.id === stale.id) rmSync(lockFile(folder), { force: true });
  } finally {
    rmdirSync(takeoverFolder(folder));
  }
}

function enterTakeover(folder: string): boolean {
  try {
    mkdirSync(takeoverFolder(folder), { mode: 0o700 });
    return true;
  } catch {
    // Somebody is at it, for less than a millisecond; or died at it, and then it is in nobody's way any more.
    if (ageMs(takeoverFolder(folder)) > staleMs) rmSync(takeoverFolder(folder), { recursive: true, force: true });
    return false;
  }
}

/** False when the claim is no longer ours: this process was taken for dead, and must stop writing. */
export function beat(folder: string, claim: Claim): boolean {
  if (readClaim(folder)?.id !== claim.id) return false;
  utimesSync(lockFile(folder), new Date(), new Date());
  return true;
}

export function release(folder: string, claim: Claim): void {
  if (readClaim(folder)?.id === claim.id) rmSync(lockFile(folder), { force: true });
}

/** Whether the owner gave a sign of life lately. */
export function isFresh(folder: string): boolean {
  return ageMs(lockFile(folder)) <= staleMs;
}

function ageMs(path: string): number {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}

/** Whether a process of this machine has that id. */
export function isAlive(pid: number): boolean {
  if (pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
