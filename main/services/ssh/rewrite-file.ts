import {
  appendFileSync,
  type BigIntStats,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';

const attempts = 50;
/** Milliseconds between two of them, and after which whoever left its new file there must have died. */
const [pauseMs, staleMs] = [10, 10_000];

/**
 * Changes a file of lines that other programs change too. A reader sees the old file or the new one, whole; mode, owner
 * and links stay. Another Rackside waits: the new file, made only where there is none, is the lock. A program that
 * knows no lock (`ssh` appends, `ssh-keygen` puts a new file in place) is noticed, and the change made anew on what it
 * wrote. Synchronous, so that the connections of one console come one after the other. Throws what the system says.
 */
export function rewriteFile(named: string, edit: (text: string) => string): void {
  const file = behindLinks(named);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (tryRewrite(file, edit)) return;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs);
  }
  throw Object.assign(new Error(`${file} is always being changed.`), { code: 'EBUSY' });
}

/** False: somebody else was at it. */
function tryRewrite(file: string, edit: (text: string) => string): boolean {
  const fresh = `${file}.rackside-new`;
  const out = createAlone(fresh);
  if (out === null) return false;
  let old: number | null = null;
  let renamed = false;
  try {
    // A pipe must not be waited for: that would stop the whole console.
    old = unlessMissing(() => openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)));
    const before = old === null ? null : fstatSync(old, { bigint: true });
    if (before?.isFile() === false) {
      const code = before.isDirectory() ? 'EISDIR' : 'EINVAL';
      throw Object.assign(new Error(`${file} is not a file.`), { code });
    }
    const text = old === null ? '' : readFileSync(old, 'latin1');
    const wanted = edit(text);
    if (wanted === text) return true;
    writeFileSync(out, wanted, 'latin1');
    if (before !== null) keepOwner(out, before);
    fsyncSync(out);
    const now = unlessMissing(() => statSync(file, { bigint: true }));
    if (!isSame(before, now)) return false;
    renameSync(fresh, file);
    renamed = true;
    // Whoever opened the old file before that may append to it still.
    const late = old === null ? '' : readFileSync(old, 'latin1');
    if (late !== '') appendFileSync(file, late, 'latin1');
    return true;
  } finally {
    closeSync(out);
    if (old !== null) closeSync(old);
    if (!renamed) rmSync(fresh, { force: true });
  }
}

function createAlone(file: string): number | null {
  try {
    return openSync(file, 'wx', 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const since = unlessMissing(() => statSync(file).mtimeMs);
    if (since !== null && Date.now() - since > staleMs) rmSync(file, { force: true });
    return null;
  }
}

function keepOwner(out: number, { mode, uid, gid }: BigIntStats): void {
  const own = fstatSync(out, { bigint: true });
  // First the owner: changing it takes bits of the mode away.
  if (own.uid !== uid || own.gid !== gid) fchownSync(out, Number(uid), Number(gid));
  fchmodSync(out, Number(mode & 0o7777n));
}

function isSame(one: BigIntStats | null, other: BigIntStats | null): boolean {
  if (one === null || other === null) return one === other;
  return (['dev', 'ino', 'size', 'mtimeNs'] as const).every((field) => one[field] === other[field]);
}

/** Where a link leads, also to a file that is not there yet. */
function behindLinks(file: string): string {
  const real = unlessMissing(() => realpathSync(file));
  if (real !== null) return real;
  const isLink = unlessMissing(() => lstatSync(file).isSymbolicLink());
  return isLink === true ? resolve(dirname(file), readlinkSync(file)) : file;
}

function unlessMissing<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    // Anything else must not end in a file that has lost its lines.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
