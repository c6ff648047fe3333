/** Rows of the journal that are not trimmed yet, with those that wait to be written: how much room they take. */
export class JournalRows {
  /** Oldest first. */
  readonly #rows: { id: number; bytes: number }[] = [];
  /** Number of the newest row there ever was. */
  last = 0;
  /** Room that they take together. */
  bytes = 0;

  add(id: number, bytes: number): void {
    this.#rows.push({ id, bytes });
    this.last = id;
    this.bytes += bytes;
  }

  /** The first row of which, with all after it, no more than `bytes` are taken. */
  firstWithin(bytes: number): number {
    let left = this.bytes;
    for (const row of this.#rows) {
      if (left <= bytes) return row.id;
      left -= row.bytes;
    }
    return this.last + 1;
  }

  /** So many rows before `first` are gone. */
  trimmed(first: number, rows: number): void {
    const end = this.#rows.findIndex(({ id }, place) => id >= first || place >= rows);
    for (const row of this.#rows.splice(0, end < 0 ? this.#rows.length : end)) this.bytes -= row.bytes;
  }
}
