/** Bytes that come in pieces, kept up to a limit; what is beyond it is counted and dropped. */
export interface ByteSink {
  add(bytes: Uint8Array, from: number, to: number): void;
  /** Forgets the last byte that came. */
  dropLast(): void;
  /** What was kept; nothing may be added afterwards. */
  bytes(): Uint8Array;
  readonly overflowed: boolean;
}

export const noBytes = new Uint8Array(0);

export function createByteSink(limit: number): ByteSink {
  // Most records come whole in one chunk: the first piece decides the size, and only a second one makes it grow.
  let buffer: Uint8Array = noBytes;
  let kept = 0;
  let seen = 0;

  function grow(needed: number): void {
    const bigger = new Uint8Array(Math.min(limit, Math.max(needed, buffer.length * 2)));
    bigger.set(buffer.subarray(0, kept));
    buffer = bigger;
  }

  return {
    add(bytes, from, to) {
      const room = Math.min(to - from, limit - kept);
      if (room > 0 && kept === 0) {
        // Not `slice`: a Buffer would give a view, and keep all of its chunk alive.
        buffer = new Uint8Array(bytes.subarray(from, from + room));
        kept = room;
      } else if (room > 0) {
        if (kept + room > buffer.length) grow(kept + room);
        buffer.set(bytes.subarray(from, from + room), kept);
        kept += room;
      }
      seen += to - from;
    },
    dropLast() {
      if (seen === 0) return;
      seen -= 1;
      kept = Math.min(kept, seen);
    },
    bytes: () => (buffer.length - kept < 64 ? buffer.subarray(0, kept) : buffer.slice(0, kept)),
    get overflowed() {
      return seen > limit;
    },
  };
}
