import { appendFile, lstat, readdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { dumpLogs } from '../../domain/dump/dump-logs.ts';

/** The folder in which Rackside keeps what it records, and its bound. */
export interface DumpFolder {
  /** A dump is begun: where it lies in the folder, it is one to remove later. Calls back when it is written. */
  begin(directory: string): Promise<() => void>;
  /** Removes the oldest dumps that Rackside recorded here, until what is in the folder fits. Never throws. */
  trim(): Promise<void>;
  /** What was removed lately, or why nothing can be, in sentences. */
  warnings(): string[];
}

interface DumpFolderOptions {
  readonly folder: string;
  maxBytes(): number;
  /** Written or looked at: it stays. */
  isInUse(directory: string): boolean;
  now(): number;
  onChange(): void;
}

interface Found {
  readonly path: string;
  /** In the ledger, if it is there. */
  readonly line: string | null;
  readonly bytes: number;
  readonly modifiedAt: number;
  /** Rackside made it, and nothing else was put into it. */
  readonly ours: boolean;
}

/**
 * One line per dump: name and inode. A name alone would not do: a dump that somebody put there under the name of one
 * that is gone is not ours.
 */
const ledgerName = '.recorded';
const files: readonly string[] = dumpLogs;
const toldMs = 600_000;
/** While dumps are written, the folder grows. */
const trimMs = 60_000;
/** Many that begin or end together are one reason to look. */
const soonMs = 1_000;

export function createDumpFolder(options: DumpFolderOptions): DumpFolder {
  const folder = resolve(options.folder);
  const ledger = join(folder, ledgerName);
  let removed: { count: number; at: number } | null = null;
  let tooMuch: string | null = null;
  let turn: Promise<void> = Promise.resolve();
  let writing = 0;
  let timer: NodeJS.Timeout | undefined;
  let isDue = false;

  /** One after the other, and never a reason for a recording not to begin. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    turn = turn.then(work).catch(() => {});
    return turn;
  }

  async function noted(): Promise<string[]> {
    const text = await readFile(ledger, 'utf8').catch(() => '');
    return text.split('\n').filter((line) => line !== '');
  }

  async function note(directory: string): Promise<void> {
    const path = resolve(directory);
    const line = await identity(path);
    if (line === null || dirname(path) !== folder) return;
    if (!(await noted()).includes(line)) await appendFile(ledger, `${line}\n`, { mode: 0o600 });
  }

  /** What is gone is forgotten, once it is most of what was noted. */
  async function forgetGone(known: readonly string[], found: readonly Found[]): Promise<void> {
    const there = new Set(found.map(({ line }) => line));
    const left = known.filter((line) => there.has(line));
    if (known.length < 20 || left.length * 2 > known.length) return;
    await writeFile(ledger, left.map((line) => `${line}\n`).join(''), { mode: 0o600 });
  }

  async function look(): Promise<Found[]> {
    const lines = await noted();
    const known = new Set(lines);
    const below = await readdir(folder, { withFileTypes: true }).catch(() => []);
    const directories = below.filter((one) => one.isDirectory()).map(({ name }) => join(folder, name));
    const found = await Promise.all(directories.map((path) => weigh(path, known)));
    await forgetGone(lines, found);
    return found;
  }

  async function trimNow(): Promise<void> {
    const most = options.maxBytes();
    const found = (await look()).sort((a, b) => a.modifiedAt - b.modifiedAt);
    let bytes = found.reduce((sum, dump) => sum + dump.bytes, 0);
    const before = { removed, tooMuch };
    for (const dump of found) {
      if (bytes <= most) break;
      if (!dump.ours || options.isInUse(dump.path)) continue;
      for (const name of files) await rm(join(dump.path, name), { force: true });
      await rmdir(dump.path);
      bytes -= dump.bytes;
      removed = { count: (removed?.count ?? 0) + 1, at: options.now() };
    }
    tooMuch = bytes > most ? overfull(folder) : null;
    if (removed !== before.removed || tooMuch !== before.tooMuch) options.onChange();
  }

  const trim = () => inTurn(trimNow);

  function trimSoon(): void {
    if (isDue) return;
    isDue = true;
    setTimeout(() => {
      isDue = false;
      void trim();
    }, soonMs).unref();
  }

  return {
    begin: async (directory) => {
      await inTurn(() => note(directory));
      trimSoon();
      writing += 1;
      timer ??= setInterval(trim, trimMs).unref();
      return () => {
        trimSoon();
        writing -= 1;
        if (writing > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
    trim,
    warnings: () => {
      if (removed !== null && options.now() - removed.at >= toldMs) removed = null;
      return [removed === null ? null : removedWords(removed.count), tooMuch].filter((sentence) => sentence !== null);
    },
  };
}

async function weigh(path: string, known: ReadonlySet<string>): Promise<Found> {
  const names = await readdir(path).catch(() => []);
  const stats = await Promise.all(names.map((name) => lstat(join(path, name)).catch(() => null)));
  const line = await identity(path);
  return {
    path,
    line,
    bytes: stats.reduce((sum, one) => sum + (one?.isFile() === true ? one.size : 0), 0),
    modifiedAt: Math.max(0, ...stats.map((one) => one?.mtimeMs ?? 0)),
    ours:
      line !== null &&
      known.has(line) &&
      names.every((name, at) => files.includes(name) && stats[at]?.isFile() === true),
  };
}

/** The line of a directory in the ledger; null where there is none. */
async function identity(path: string): Promise<string | null> {
  const found = await lstat(path).catch(() => null);
  return found?.isDirectory() === true ? `${found.ino} ${basename(path)}` : null;
}

function removedWords(count: number): string {
  const dumps = count === 1 ? 'The oldest dump was' : `The ${count} oldest dumps were`;
  return `${dumps} removed: together the dumps took more than recording.all_dumps_mib allows.`;
}

function overfull(folder: string): string {
  return `The dumps in ${folder} take more than recording.all_dumps_mib allows, and none of them may be removed: they are in use, or not recorded here. Move some away.`;
}
