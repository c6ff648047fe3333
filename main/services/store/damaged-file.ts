import { existsSync, renameSync } from 'node:fs';
import { basename } from 'node:path';
import Database from 'better-sqlite3';
import type { Connection } from './database.ts';
import { openDatabase } from './database.ts';

/** A database and what serves it. */
export interface OpenedFile<Served> {
  readonly served: Served;
  /** One sentence where the file was damaged and another one was begun; else null. */
  readonly notice: string | null;
}

/** Whether an error says that the file is not, or not any more, what SQLite has written. */
export function isDamage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return /^SQLITE_(NOTADB|CORRUPT)/.test(code) || isDamage(error.cause);
}

/**
 * Opens a file and has it served. A damaged one is set aside as `NAME.damaged-TIME` with its side files, and a new one
 * is begun with the hosts that can be read out of it. `known`: it was found to be damaged before. All other failures
 * are thrown, and leave the file as it is.
 */
export function openWhole<Served>(
  path: string,
  serve: (database: Connection) => Served,
  { now, known }: { readonly now: number; readonly known: boolean },
): OpenedFile<Served> {
  if (!known) {
    try {
      return { served: servedFrom(path, serve), notice: null };
    } catch (error) {
      if (!isDamage(error)) throw error;
    }
  }
  const place = setFileAside(path, now);
  const hosts = readHosts(place);
  const served = servedFrom(path, (database) => {
    writeHosts(database, hosts ?? []);
    return serve(database);
  });
  const kept = hosts === null ? 'Its hosts could not be read' : `${hosts.length} hosts were read out of it`;
  const notice = `The database was damaged. It was set aside as ${basename(place)}. ${kept}; history begins anew.`;
  return { served, notice };
}

function servedFrom<Served>(path: string, serve: (database: Connection) => Served): Served {
  const database = openDatabase(path);
  try {
    return serve(database);
  } catch (error) {
    database.close();
    throw error;
  }
}

/** SQLite looks for a database's log beside it, so its side files go with it and keep their endings. */
function setFileAside(path: string, now: number): string {
  const time = new Date(now).toISOString().slice(0, 19).replaceAll(':', '-');
  const free = (place: string, count: number): string => {
    const wanted = count === 0 ? place : `${place}-${count}`;
    return existsSync(wanted) ? free(place, count + 1) : wanted;
  };
  const place = free(`${path}.damaged-${time}Z`, 0);
  for (const ending of ['', '-wal', '-shm']) {
    if (existsSync(path + ending)) renameSync(path + ending, place + ending);
  }
  return place;
}

/** With the columns that the file has: it may be of an older schema. */
type HostRow = Readonly<Record<string, string | number | null>>;

/** As far as they can be read, from both ends of their table; null where none of it can. */
function readHosts(path: string): HostRow[] | null {
  const found = new Map<string, HostRow>();
  let isReadable = false;
  try {
    const database = new Database(path, { readonly: true });
    for (const order of ['asc', 'desc']) {
      try {
        const rows = database.prepare<[], HostRow>(`select * from host order by id ${order}`);
        for (const row of rows.iterate()) {
          isReadable = true;
          if (isHost(row)) found.set(String(row.id), row);
        }
        isReadable = true;
      } catch {
        // The other end may be whole.
      }
    }
    database.close();
  } catch {
    // Nothing of it can be read.
  }
  return isReadable ? [...found.values()] : null;
}

function isHost({ id, name, target }: HostRow): boolean {
  try {
    return Boolean(id) && Boolean(name) && typeof JSON.parse(String(target)).transport === 'string';
  } catch {
    return false;
  }
}

function writeHosts(database: Connection, hosts: readonly HostRow[]): void {
  for (const host of hosts) {
    const columns = Object.keys(host);
    const places = columns.map(() => '?').join(', ');
    database.prepare(`insert or replace into host (${columns.join(', ')}) values (${places})`).run(Object.values(host));
  }
}
