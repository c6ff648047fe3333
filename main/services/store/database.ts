import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { FaultError } from '../../contract/faults.ts';
import { migrations } from './migrations/index.ts';

export type Connection = Database.Database;

/** Opens the file, or makes it, and brings its schema up to date. Throws a `FaultError` with a sentence. */
export function openDatabase(path: string): Connection {
  let database: Connection | null = null;
  try {
    if (path !== ':memory:') makeFile(path);
    database = new Database(path, { timeout: 2000 });
    // Before anything is set: that would write.
    versionOf(database, migrations);
    database.pragma('auto_vacuum = incremental');
    database.pragma('journal_mode = wal');
    // A commit survives this process; only a power cut can take the last ones, and leaves the file whole.
    database.pragma('synchronous = normal');
    database.pragma('cache_size = -4000');
    database.pragma('journal_size_limit = 16777216');
    migrate(database, migrations);
    return database;
  } catch (error) {
    database?.close();
    throw faultOf(error, path);
  }
}

/** Runs the migrations that have not run yet, each in a transaction of its own. */
export function migrate(database: Connection, all: readonly string[]): void {
  for (let next = versionOf(database, all); next < all.length; next++) {
    database.transaction(() => {
      database.exec(all[next] as string);
      database.pragma(`user_version = ${next + 1}`);
    })();
  }
}

/** How many migrations have run. Throws a `FaultError` where that is more than there are. */
function versionOf(database: Connection, all: readonly string[]): number {
  const version = database.pragma('user_version', { simple: true }) as number;
  if (version <= all.length) return version;
  throw new FaultError(
    'not_permitted',
    'open store',
    `The database was written by a newer Rackside (schema ${version}, this one knows ${all.length}). Update Rackside; the file was left as it is.`,
  );
}

/** SQLite gives its side files the mode of the main one. */
function makeFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, 'a', 0o600));
}

function faultOf(error: unknown, path: string): FaultError {
  if (error instanceof FaultError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const fault = (faultCode: 'bad_input' | 'not_permitted' | 'busy' | 'internal', sentence: string) =>
    new FaultError(faultCode, 'open store', sentence, { cause: error });
  if (/^SQLITE_(NOTADB|CORRUPT)/.test(code)) {
    return fault('bad_input', `${path} is damaged or no Rackside database.`);
  }
  if (/^(EACCES|EPERM|EROFS|EISDIR|ENOTDIR|EEXIST|SQLITE_CANTOPEN|SQLITE_READONLY)/.test(code)) {
    return fault('not_permitted', `${path} cannot be opened for writing. Check the folder and who may write to it.`);
  }
  if (code.startsWith('SQLITE_BUSY')) return fault('busy', `${path} is in use by another program.`);
  if (/^(ENOSPC|SQLITE_FULL)/.test(code)) return fault('internal', `There is no room left on the disk of ${path}.`);
  return fault('internal', `${path} cannot be opened: ${error instanceof Error ? error.message : String(error)}`);
}
