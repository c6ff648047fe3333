import type { Connection } from './database.ts';

/** Lists of reading names, each kept once. */
export class Layouts {
  readonly #names = new Map<number, readonly string[]>();
  readonly #find;
  readonly #insert;
  readonly #read;

  constructor(database: Connection) {
    this.#find = database.prepare<[string], number>('select id from layout where names = ?').pluck();
    this.#insert = database.prepare<[string]>('insert into layout (names) values (?)');
    this.#read = database.prepare<[number], string>('select names from layout where id = ?').pluck();
  }

  idOf(names: readonly string[]): number {
    const json = JSON.stringify(names);
    return this.#find.get(json) ?? Number(this.#insert.run(json).lastInsertRowid);
  }

  namesOf(id: number): readonly string[] {
    let names = this.#names.get(id);
    if (names === undefined) {
      names = JSON.parse(this.#read.get(id) ?? '[]') as string[];
      // Hosts that keep changing their mount points must not fill the memory.
      if (this.#names.size > 1000) this.#names.clear();
      this.#names.set(id, names);
    }
    return names;
  }
}
