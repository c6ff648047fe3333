import { digitsEnd, numberIn } from './ascii.ts';

/** Bytes of a file that grep printed, and where they stand in it. */
export interface FilePiece {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** Reads what `grep -ab`, cut at so many bytes a line, prints, however it comes in pieces. */
export interface GrepReader {
  /** The pieces that are complete by now; neighbours are one. They are valid until the next push. */
  push(chunk: Uint8Array): FilePiece[];
  /** What is left when all has come. */
  end(): FilePiece[];
}

const newline = 0x0a;
const colon = 0x3a;
const dash = 0x2d;
const mostDigits = 15;

/**
 * Each line is `OFFSET:` or, for the lines around a match, `OFFSET-`, and then the line as it stands in the file. `--`
 * stands between groups. Of a line that was cut only what came is given; its newline is none of the file.
 * @param lineBytes what lines were cut at, the offset counted
 */
export function createGrepReader(lineBytes: number): GrepReader {
  let rest: Uint8Array = new Uint8Array(0);
  let group: Uint8Array[] = [];
  let groupAt = 0;
  let groupEnd = -1;

  function closeGroup(into: FilePiece[]): void {
    if (group.length > 0) into.push({ offset: groupAt, bytes: joined(group) });
    group = [];
    groupEnd = -1;
  }

  function take(line: Uint8Array, into: FilePiece[]): void {
    const digits = digitsEnd(line, 0, mostDigits);
    const sign = line[digits];
    if (digits === 0 || (sign !== colon && sign !== dash)) {
      closeGroup(into);
      return;
    }
    const offset = numberIn(line, 0, digits);
    const isCut = line.length > lineBytes;
    const bytes = line.subarray(digits + 1, isCut ? line.length - 1 : line.length);
    // A line begins where another one ended: so much is known of the byte before it.
    const before = offset > 0 && offset !== groupEnd;
    if (before) closeGroup(into);
    if (group.length === 0) groupAt = before ? offset - 1 : offset;
    group.push(...(before ? [Uint8Array.of(newline), bytes] : [bytes]));
    groupEnd = isCut ? -1 : offset + bytes.length;
  }

  return {
    push: (chunk) => {
      const found: FilePiece[] = [];
      const bytes = rest.length === 0 ? chunk : joined([rest, chunk]);
      let from = 0;
      for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, from)) {
        take(bytes.subarray(from, end + 1), found);
        from = end + 1;
      }
      rest = bytes.slice(from);
      // What is held until the next chunk must not lie in this one.
      group = group.length > 0 ? [joined(group)] : [];
      return found;
    },
    end: () => {
      const found: FilePiece[] = [];
      closeGroup(found);
      return found;
    },
  };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
