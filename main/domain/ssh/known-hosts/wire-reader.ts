/**
 * Reads the types of RFC 4251 §5 out of a blob, one after the other. Nothing throws: after the first that is not there
 * whole, `intact` is false and what is read is empty.
 */
export class WireReader {
  intact = true;
  at = 0;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get atEnd(): boolean {
    return this.intact && this.at === this.#bytes.length;
  }

  #take(length: number): Uint8Array {
    const end = this.at + length;
    if (!this.intact || end > this.#bytes.length) {
      this.intact = false;
      return new Uint8Array(length > 8 ? 0 : length);
    }
    const taken = this.#bytes.subarray(this.at, end);
    this.at = end;
    return taken;
  }

  uint32(): number {
    return this.#take(4).reduce((sum, byte) => sum * 256 + byte, 0);
  }

  /** Exact up to 2^53; what is more is far away all the same. */
  uint64(): number {
    return this.#take(8).reduce((sum, byte) => sum * 256 + byte, 0);
  }

  string(): Uint8Array {
    return this.#take(this.uint32());
  }

  /** Names and the like, which are ASCII. */
  text(): string {
    return new TextDecoder('latin1').decode(this.string());
  }
}

/** A string as it is written there: its length, then its bytes. */
export function wireString(bytes: Uint8Array): Uint8Array {
  const { length } = bytes;
  return Uint8Array.of(length >>> 24, (length >> 16) & 255, (length >> 8) & 255, length & 255, ...bytes);
}
