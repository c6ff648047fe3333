/** Bytes that come in pieces, kept up to a limit; what is beyond it is counted and dropped. */
export interface ByteSink {
  /** Nobody may write to these bytes any more: what came in one piece stays where it is. */
  add(bytes: Uint8Array, from: number, to: number): void;
  /** Forgets the last byte that came. */
  dropLast(): void;
  /** What was kept; nothing may be added afterwards. */
  bytes(): Uint8Array;
  readonly overflowed: boolean;
}

export const noBytes = new Uint8Array(0);

export function createByteSink(limit: number): ByteSink {
  return new LimitedSink(limit);
}

/** A class, because every record of every host has one: functions of its own would be most of its size. */
class LimitedSink implements ByteSink {
  readonly #limit: number;
  /** Most records come whole in one chunk: the first piece is a part of that, and only a second one is copied. */
  #buffer: Uint8Array = noBytes;
  #isOwn = false;
  #kept = 0;
  #seen = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(bytes: Uint8Array, from: number, to: number): void {
    const room = Math.min(to - from, this.#limit - this.#kept);
    if (room > 0 && this.#kept === 0) {
      this.#buffer = new Uint8Array(bytes.buffer, bytes.byteOffset + from, room);
      this.#isOwn = false;
      this.#kept = room;
    } else if (room > 0) {
      if (!this.#isOwn || this.#kept + room > this.#buffer.length) this.#grow(this.#kept + room);
      this.#buffer.set(bytes.subarray(from, from + room), this.#kept);
      this.#kept += room;
    }
    this.#seen += to - from;
  }

  dropLast(): void {
    if (this.#seen === 0) return;
    this.#seen -= 1;
    this.#kept = Math.min(this.#kept, this.#seen);
  }

  bytes(): Uint8Array {
    const isTight = this.#buffer.length - this.#kept < 64;
    return isTight ? this.#buffer.subarray(0, this.#kept) : this.#buffer.slice(0, this.#kept);
  }

  get overflowed(): boolean {
    return this.#seen > this.#limit;
  }

  #grow(needed: number): void {
    const bigger = new Uint8Array(Math.min(this.#limit, Math.max(needed, this.#buffer.length * 2)));
    bigger.set(this.#buffer.subarray(0, this.#kept));
    this.#buffer = bigger;
    this.#isOwn = true;
  }
}
