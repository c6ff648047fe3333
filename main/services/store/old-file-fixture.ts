import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { migrate } from './database.ts';
import { migrations } from './migrations/index.ts';

/** Where the file of a schema is kept. One that is kept never changes; a new schema adds one. */
export function oldFile(version: number): URL {
  return new URL(`./old-files/schema-${version}.db.gz`, import.meta.url);
}

/** A file of that schema, as it was written then. */
export function unpackOldFile(version: number, path: string): void {
  writeFileSync(path, gunzipSync(readFileSync(oldFile(version))), { mode: 0o600 });
}

/** Makes the file of a schema out of one of today: tables by the migrations of then, rows as they are. */
export function keepOldFile(version: number, today: string, path: string): void {
  const database = new Database(path);
  migrate(database, migrations.slice(0, version));
  database.prepare('attach ? as today').run(today);
  const tables = database
    .prepare<[], string>("select name from main.sqlite_master where type = 'table' and name not like 'sqlite_%'")
    .pluck();
  for (const table of tables.all()) database.exec(`insert into main.${table} select * from today.${table}`);
  database.exec(
    "insert or replace into main.sqlite_sequence select * from today.sqlite_sequence where name in ('stream', 'journal')",
  );
  database.exec('detach today');
  database.exec('vacuum');
  database.close();
  writeFileSync(oldFile(version), gzipSync(readFileSync(path), { level: 9 }));
}
