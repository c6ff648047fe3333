import { countBefore } from '../present/count-before.ts';
/** From one place in a file to before another one. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/** Which bytes of a file are there. What touches is one range; most are added in their order. */
export interface ByteRanges {
  /** Of all of them together. */
  readonly bytes: number;
  add(from: number, to: number): void;
  /** What is not there between two places, in order. */
  missing(from: number, to: number): ByteRange[];
}

export function createByteRanges(): ByteRanges {
  /** Beside one another, ascending, never touching. */
  const starts: number[] = [];
  const ends: number[] = [];
  let bytes = 0;

  /** The first range that ends at `place` or behind it. */
  function firstEndingAt(place: number): number {
    return countBefore(ends.length, (index) => (ends[index] as number) < place);
  }

  return {
    get bytes() {
      return bytes;
    },
    add: (from, to) => {
      if (to <= from) return;
      const first = firstEndingAt(from);
      let [start, end, next] = [from, to, first];
      while (next < starts.length && (starts[next] as number) <= to) {
        start = Math.min(start, starts[next] as number);
        end = Math.max(end, ends[next] as number);
        bytes -= (ends[next] as number) - (starts[next] as number);
        next += 1;
      }
      bytes += end - start;
      starts.splice(first, next - first, start);
      ends.splice(first, next - first, end);
    },
    missing: (from, to) => {
      const found: ByteRange[] = [];
      let at = from;
      for (let index = firstEndingAt(from); index < starts.length && at < to; index++) {
        const start = starts[index] as number;
        if (start >= to) break;
        if (start > at) found.push({ from: at, to: start });
        at = Math.max(at, ends[index] as number);
      }
      if (at < to) found.push({ from: at, to });
      return found;
    },
  };
}
