/** Writes numbers into a growing array of bytes. */
export class ByteWriter {
  #bytes: Uint8Array<ArrayBuffer>;
  #length = 0;

  /** `room` is what it begins with, in bytes. */
  constructor(room = 256) {
    this.#bytes = new Uint8Array(room);
  }

  get length(): number {
    return this.#length;
  }

  byte(value: number): void {
    if (this.#length === this.#bytes.length) this.#grow(1);
    this.#bytes[this.#length++] = value;
  }

  /** A whole number ≥ 0, seven bits a byte, the low ones first. Doubles above 2^53 come back as they were, too. */
  unsigned(value: number): void {
    let rest = value;
    while (rest >= 0x8000_0000) {
      this.byte((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    // From here on whole numbers of the machine: several times as fast.
    let small = rest | 0;
    while (small >= 0x80) {
      this.byte((small & 0x7f) | 0x80);
      small >>>= 7;
    }
    this.byte(small);
  }

  /** A whole number of either sign; small ones stay small. */
  signed(value: number): void {
    this.unsigned(zigzag(value));
  }

  double(value: number): void {
    view.setFloat64(0, value);
    this.raw(viewed);
  }

  /** The bytes with their number in front. */
  block(bytes: Uint8Array): void {
    this.unsigned(bytes.length);
    this.raw(bytes);
  }

  raw(bytes: Uint8Array): void {
    this.#grow(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** UTF-8 with the number of its bytes in front. */
  text(text: string): void {
    const begin = this.#length;
    this.unsigned(text.length);
    const from = this.#length;
    this.bareText(text);
    if (this.#length - from === text.length) return;
    // Not all of it is ASCII: it has more bytes than was said.
    this.#length = begin;
    this.block(encoder.encode(text));
  }

  /** UTF-8 and nothing in front. */
  bareText(text: string): void {
    // No unit of UTF-16 becomes more than three bytes.
    this.#grow(3 * text.length);
    this.#length += encoder.encodeInto(text, this.#bytes.subarray(this.#length)).written;
  }

  /** So many bytes, to be filled in before the next write. */
  claim(length: number): Uint8Array<ArrayBuffer> {
    this.#grow(length);
    this.#length += length;
    return this.#bytes.subarray(this.#length - length, this.#length);
  }

  /** Starts anew with room for so many bytes: its own, unless that is too little or four times as much as that. */
  restart(room: number): void {
    this.#length = 0;
    if (this.#bytes.length < room || this.#bytes.length > 4 * room) this.#bytes = new Uint8Array(room);
  }

  /** Holds these in place of what was written: in its own room, unless that is too little or much more than they take. */
  overwrite(bytes: Uint8Array): void {
    const { length } = bytes;
    const room = this.#bytes.length;
    if (room < length || room > 1.4 * length) this.#bytes = new Uint8Array(Math.ceil(1.1 * length));
    this.#bytes.set(bytes);
    this.#length = length;
  }

  /** What was written, without copying it: good until the next write. */
  view(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Starts anew, and keeps its room. */
  clear(): void {
    this.#length = 0;
  }

  /** A copy of what was written. */
  finish(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  #grow(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + more));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

/** Reads what a `ByteWriter` wrote. Throws a `RangeError` at the end of the bytes. */
export class ByteReader {
  readonly bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  get done(): boolean {
    return this.at >= this.bytes.length;
  }

  byte(): number {
    const byte = this.bytes[this.at++];
    if (byte === undefined) throw new RangeError('The packed bytes end too early');
    return byte;
  }

  unsigned(): number {
    let value = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    for (let weight = 0x1000_0000; ; ) {
      const byte = this.byte();
      value += (byte & 0x7f) * weight;
      if (byte < 0x80) return value;
      weight *= 0x80;
    }
  }

  /** Goes past so many whole numbers without reading them. */
  skip(count: number): void {
    for (let left = count; left > 0; ) if (this.byte() < 0x80) left--;
  }

  signed(): number {
    return unzigzag(this.unsigned());
  }

  double(): number {
    const bytes = this.raw(8);
    return new DataView(bytes.buffer, bytes.byteOffset, 8).getFloat64(0);
  }

  block(): Uint8Array {
    return this.raw(this.unsigned());
  }

  raw(length: number): Uint8Array {
    if (this.at + length > this.bytes.length) throw new RangeError('The packed bytes end too early');
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  text(): string {
    return decoder.decode(this.block());
  }
}

/** 0, −1, 1, −2, … become 0, 1, 2, 3, … */
export function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

export function unzigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
/** Eight bytes on their way: one view for all, as a view takes longer to make than to use. */
const view = new DataView(new ArrayBuffer(8));
const viewed = new Uint8Array(view.buffer);
