import { ByteWriter } from './bytes.ts';

/** Writes numbers of any width in bits, the high ones first. */
export class BitWriter {
  readonly #into: ByteWriter;
  /** Bits that do not fill a byte yet: at most seven. */
  #rest = 0;
  #count = 0;

  constructor(into = new ByteWriter()) {
    this.#into = into;
  }

  /** The low `width` bits of a whole number; at most 53. */
  write(value: number, width: number): void {
    if (width > 24) {
      this.write(Math.floor(value / 0x100_0000), width - 24);
      this.write(value % 0x100_0000, 24);
      return;
    }
    this.#rest = (this.#rest << width) | value;
    this.#count += width;
    while (this.#count >= 8) {
      this.#count -= 8;
      this.#into.byte((this.#rest >>> this.#count) & 0xff);
    }
    this.#rest &= (1 << this.#count) - 1;
  }

  /** Fills the last byte up with zeros. */
  end(): void {
    if (this.#count > 0) this.write(0, 8 - this.#count);
  }

  /** The bytes, the last one filled up with zeros. */
  finish(): Uint8Array<ArrayBuffer> {
    this.end();
    return this.#into.finish();
  }
}

/** Reads what a `BitWriter` wrote; behind the end there are zeros. */
export class BitReader {
  readonly #bytes: Uint8Array;
  #at = 0;
  #rest = 0;
  #count = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  read(width: number): number {
    if (width > 24) {
      const high = this.read(width - 24);
      return high * 0x100_0000 + this.read(24);
    }
    while (this.#count < width) {
      this.#rest = (this.#rest << 8) | (this.#bytes[this.#at++] ?? 0);
      this.#count += 8;
    }
    this.#count -= width;
    const value = this.#rest >>> this.#count;
    this.#rest &= (1 << this.#count) - 1;
    return value;
  }
}
