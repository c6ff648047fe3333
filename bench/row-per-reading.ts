import Database from 'better-sqlite3';

/** The schema that comes to mind first, and that most tools of this kind have: a row for each reading. */
export class RowPerReading {
  readonly #database: Database.Database;
  readonly #insert;
  #rows = 0;
  bytesPerReading = Number.NaN;

  constructor(path: string) {
    this.#database = new Database(path);
    this.#database.pragma('journal_mode = wal');
    this.#database.pragma('synchronous = normal');
    this.#database.exec(`create table reading (
      host integer not null, metric integer not null, at integer not null, value real,
      primary key (host, metric, at)
    ) strict, without rowid`);
    this.#insert = this.#database.prepare(
      'insert into reading values (cast(? as integer), cast(? as integer), cast(? as integer), ?)',
    );
  }

  insert(host: string, rows: readonly { name: string; at: number; value: number | null }[]): void {
    this.#database.transaction(() => {
      for (const { name, at, value } of rows) this.#insert.run(this.#number(host), this.#number(name), at, value);
    })();
    this.#rows += rows.length;
  }

  tick(hosts: readonly { id: string; readings: ReadonlyMap<string, number | null> }[], at: number): void {
    this.#database.transaction(() => {
      for (const { id, readings } of hosts) {
        const host = this.#number(`tick ${id}`);
        for (const [name, value] of readings) this.#insert.run(host, this.#number(name), at, value);
      }
    })();
  }

  /** Remembers the room taken by what was inserted so far. */
  markSize(): void {
    const pages = this.#database.pragma('page_count', { simple: true }) as number;
    this.bytesPerReading = (pages * (this.#database.pragma('page_size', { simple: true }) as number)) / this.#rows;
  }

  series(host: string, name: string, from: number, to: number, points: number): unknown[] {
    const step = Math.ceil((to - from) / points);
    return this.#database
      .prepare(
        `select cast(at / cast(? as integer) as integer) as bucket, min(value), max(value), avg(value) from reading
         where host = ? and metric = ? and at >= ? and at < ? group by bucket`,
      )
      .all(step, this.#number(host), this.#number(name), from, to);
  }

  close(): void {
    this.#database.close();
  }

  readonly #numbers = new Map<string, number>();
  #number(name: string): number {
    const number = this.#numbers.get(name) ?? this.#numbers.size + 1;
    this.#numbers.set(name, number);
    return number;
  }
}
