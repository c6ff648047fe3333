import { ByteReader, ByteWriter } from './bytes.ts';
import { maxMagnitude, readColumn, writeColumn } from './column.ts';

type Column = readonly (number | null)[];

/** Packs rows that share their times. Layout: rows, columns, the length of each column, the columns; times come first. */
export function packBlock(times: readonly number[], columns: readonly Column[]): Uint8Array<ArrayBuffer> {
  const packed = [times, ...columns].map((column) => {
    const writer = new ByteWriter();
    writeColumn(writer, column);
    return writer.finish();
  });
  const writer = new ByteWriter();
  writer.unsigned(times.length);
  writer.unsigned(packed.length);
  for (const column of packed) writer.unsigned(column.length);
  for (const column of packed) writer.raw(column);
  return writer.finish();
}

/** A packed block, of which each column can be opened without the others. */
export class PackedBlock {
  readonly length: number;
  readonly #reader: ByteReader;
  /** Where each column begins; the first is the times. */
  readonly #starts: number[] = [];

  constructor(bytes: Uint8Array) {
    this.#reader = new ByteReader(bytes);
    this.length = this.#reader.unsigned();
    const count = this.#reader.unsigned();
    let start = 0;
    for (let i = 0; i < count; i++) {
      this.#starts.push(start);
      start += this.#reader.unsigned();
    }
    for (let i = 0; i < count; i++) (this.#starts[i] as number) += this.#reader.at;
  }

  times(): number[] {
    return this.#open(0) as number[];
  }

  /** The column that was handed over as number `index`. */
  column(index: number): (number | null)[] {
    return this.#open(index + 1);
  }

  #open(index: number): (number | null)[] {
    const start = this.#starts[index];
    if (start === undefined) throw new RangeError('A packed block has no such column');
    this.#reader.at = start;
    return readColumn(this.#reader, this.length);
  }
}

/** A value as it is kept: a whole number, or null where it is unknown or beyond all reason. */
export function scaled(value: number | null, scale: number): number | null {
  if (value === null) return null;
  const whole = Math.round(value * scale);
  return Math.abs(whole) <= maxMagnitude ? whole : null;
}
