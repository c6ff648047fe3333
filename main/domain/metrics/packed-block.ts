import { ByteReader, ByteWriter } from './bytes.ts';
import { maxMagnitude, readColumn, writeColumn } from './column.ts';

type Column = readonly (number | null)[];

/** Packs rows that share their times. Layout: rows, columns, the length of each column, the columns; times come first. */
export function packBlock(times: readonly number[], columns: readonly Column[]): Uint8Array<ArrayBuffer> {
  const head = new ByteWriter();
  const packed = new ByteWriter(16 * 1024);
  head.unsigned(times.length);
  head.unsigned(columns.length + 1);
  const write = (column: Column) => {
    const start = packed.length;
    writeColumn(packed, column);
    head.unsigned(packed.length - start);
  };
  write(times);
  for (const column of columns) write(column);
  head.raw(packed.view());
  return head.finish();
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
