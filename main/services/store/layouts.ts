import type { Connection } from './database.ts';

/** Lists of reading names, each kept once. A new one gets its number at once, and is written with what refers to it. */
export class Layouts {
  readonly #names = new Map<number, readonly string[]>();
  readonly #unwritten = new Map<string, number>();
  readonly #find;
  readonly #insert;
  readonly #read;
  #last: number;

  constructor(database: Connection) {
    this.#find = database.prepare<[string], number>('select id from layout where names = ?').pluck();
    this.#insert = database.prepare<[number, string]>('insert or ignore into layout (id, names) values (?, ?)');
    this.#read = database.prepare<[number], string>('select names from layout where id = ?').pluck();
    this.#last = database.prepare<[], number>('select coalesce(max(id), 0) from layout').pluck().get() as number;
  }

  idOf(names: readonly string[]): number {
    const json = JSON.stringify(names);
    const known = this.#unwritten.get(json) ?? this.#find.get(json);
    if (known !== undefined) return known;
    this.#unwritten.set(json, ++this.#last);
    this.#remember(this.#last, names);
    return this.#last;
  }

  namesOf(id: number): readonly string[] {
    const names = this.#names.get(id) ?? (JSON.parse(this.#read.get(id) ?? '[]') as string[]);
    this.#remember(id, names);
    return names;
  }

  /** Writes those that are new; to be called in the transaction that writes what refers to them. */
  writeNew(): void {
    for (const [json, id] of this.#unwritten) this.#insert.run(id, json);
  }

  /** To be called when that transaction is through. */
  written(): void {
    this.#unwritten.clear();
  }

  #remember(id: number, names: readonly string[]): void {
    if (this.#names.has(id)) return;
    // Hosts that keep changing their mount points must not fill the memory; what is not written yet has no other place.
    if (this.#names.size > 1000 && this.#unwritten.size === 0) this.#names.clear();
    this.#names.set(id, names);
  }
}
