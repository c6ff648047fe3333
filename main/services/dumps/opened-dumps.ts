import { readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecentDump } from '../../contract/dumps.ts';
import { dumpLogs } from '../../domain/dump/dump-logs.ts';

/** Dumps that were opened, wherever they lie, in a small file of the data folder. */
export interface OpenedDumps {
  /** Puts a path before all others. A file that cannot be written remembers nothing, and keeps no dump shut. */
  note(path: string): Promise<void>;
  forget(path: string): Promise<void>;
  /** The last one first; one that is not there any more is told as missing. */
  list(): Promise<RecentDump[]>;
}

const most = 40;
const maxPath = 4096;

export function createOpenedDumps(file: string): OpenedDumps {
  let turn: Promise<unknown> = Promise.resolve();

  /** One after the other: each reads what the one before wrote. */
  function change(edit: (paths: string[]) => string[]): Promise<void> {
    const next = turn.then(async () => {
      const beside = `${file}.new`;
      await writeFile(beside, `${JSON.stringify(edit(await readPaths(file)), null, 2)}\n`, { mode: 0o600 });
      await rename(beside, file);
    });
    turn = next.catch(() => undefined);
    return turn as Promise<void>;
  }

  return {
    note: (path) => change((paths) => [path, ...paths.filter((one) => one !== path)].slice(0, most)),
    forget: (path) => change((paths) => paths.filter((one) => one !== path)),
    list: async () => {
      await turn;
      return Promise.all((await readPaths(file)).map(recentOf));
    },
  };
}

/** None where the file is not there, or says something else. */
async function readPaths(file: string): Promise<string[]> {
  try {
    const kept: unknown = JSON.parse(await readFile(file, 'utf8'));
    const isPath = (one: unknown): one is string => typeof one === 'string' && one !== '' && one.length <= maxPath;
    return Array.isArray(kept) ? kept.filter(isPath).slice(0, most) : [];
  } catch {
    return [];
  }
}

async function recentOf(path: string): Promise<RecentDump> {
  const found = await stat(path).catch(() => null);
  if (found === null) return { path, modifiedAt: 0, bytes: 0, missing: true };
  if (!found.isDirectory()) return { path, modifiedAt: found.mtimeMs, bytes: found.size, missing: false };
  const logs = await Promise.all(dumpLogs.map((name) => stat(join(path, name)).catch(() => null)));
  const present = logs.filter((log) => log !== null);
  return {
    path,
    modifiedAt: Math.max(found.mtimeMs, ...present.map(({ mtimeMs }) => mtimeMs)),
    bytes: present.reduce((sum, { size }) => sum + size, 0),
    missing: present.length === 0,
  };
}
