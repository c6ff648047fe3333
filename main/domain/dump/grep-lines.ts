import { digitsEnd, numberIn } from './ascii.ts';

/** Bytes of a file that grep printed, and where they stand in it. */
export interface FilePiece {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/**
 * Reads what `grep -ab` with lines around each match prints, however it comes in pieces. Only a match tells its place:
 * the numbers of the lines around it are most of what grep prints, and follow from it.
 */
export interface GrepReader {
  /** The pieces that are complete by now; neighbours are one. They are valid until the next push. */
  push(chunk: Uint8Array): FilePiece[];
  /** What is left when all has come. */
  end(): FilePiece[];
}

interface Line {
  /** No more than the reader keeps of a line. */
  readonly bytes: Uint8Array;
  /** What it has in the file, its newline counted. */
  readonly length: number;
}

/** Puts one sign in place of the number of each line around a match, of a group whose match has one; `--` stays. */
export const dropNumbers = "sed 's/^[0-9][0-9]*-/+/'";

const newline = 0x0a;
const colon = 0x3a;
const plus = 0x2b;
const mostDigits = 15;
/** A group of entries without outputs goes on and on; it is given in parts then. */
const mostGroupBytes = 256 << 10;

/**
 * Each line is `OFFSET:` or, for the lines around a match, `+`, and then the line as it stands in the file. `--` stands
 * between groups, whose lines follow one another.
 * @param lineBytes of a longer line only so many are kept, and what follows stands where it did
 */
export function createGrepReader(lineBytes: number): GrepReader {
  let rest: Uint8Array[] = [];
  let restKept = 0;
  let restLength = 0;
  let group: Line[] = [];
  let groupBytes = 0;
  /** Lines of the group that do not lie in a chunk any more. */
  let copied = 0;
  /** Of its first line; null before a match has told. */
  let groupAt: number | null = null;
  let isBegun = false;

  function giveGroup(into: FilePiece[]): void {
    let at = groupAt ?? 0;
    let from = at;
    let parts: Uint8Array[] = [];
    const give = (): void => {
      if (parts.length > 0) into.push({ offset: from, bytes: joined(parts) });
      parts = [];
    };
    // A line begins where another one ended: so much is known of the byte before it.
    if (!isBegun && at > 0) [from, parts] = [at - 1, [Uint8Array.of(newline)]];
    for (const { bytes, length } of group) {
      if (parts.length === 0) from = at;
      parts.push(bytes);
      at += length;
      if (bytes.length < length) give();
    }
    give();
    [groupAt, isBegun] = [at, true];
    [group, groupBytes, copied] = [[], 0, 0];
  }

  function endGroup(into: FilePiece[]): void {
    if (groupAt !== null) giveGroup(into);
    [groupAt, isBegun] = [null, false];
    [group, groupBytes, copied] = [[], 0, 0];
  }

  /** @param length of the whole line, as it was printed */
  function take(line: Uint8Array, length: number, into: FilePiece[]): void {
    const digits = digitsEnd(line, 0, mostDigits);
    const isMatch = digits > 0 && line[digits] === colon;
    if (!isMatch && line[0] !== plus) {
      endGroup(into);
      return;
    }
    const sign = isMatch ? digits + 1 : 1;
    if (isMatch) {
      const startsAt = numberIn(line, 0, digits) - lengthOf(group);
      // What it cannot stand behind is none of its group.
      if (startsAt < 0 || (groupAt !== null && groupAt !== startsAt)) endGroup(into);
      groupAt ??= numberIn(line, 0, digits) - lengthOf(group);
    }
    group.push({ bytes: line.subarray(sign), length: length - sign });
    groupBytes += line.length;
    if (groupBytes > mostGroupBytes) {
      if (groupAt === null) endGroup(into);
      else giveGroup(into);
    }
  }

  function keep(bytes: Uint8Array): void {
    const kept = bytes.subarray(0, lineBytes + mostDigits + 1 - restKept);
    if (kept.length > 0) rest.push(kept);
    restKept += kept.length;
    restLength += bytes.length;
  }

  return {
    push: (chunk) => {
      const found: FilePiece[] = [];
      let from = 0;
      for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, from)) {
        keep(chunk.subarray(from, end + 1));
        take(rest.length === 1 ? (rest[0] as Uint8Array) : joined(rest), restLength, found);
        [rest, restKept, restLength] = [[], 0, 0];
        from = end + 1;
      }
      const left = chunk.length - from;
      // What is held until the next chunk must not lie in this one.
      if (left > 0) keep(chunk.slice(from));
      for (; copied < group.length; copied++) {
        const { bytes, length: whole } = group[copied] as Line;
        group[copied] = { bytes: bytes.slice(), length: whole };
      }
      return found;
    },
    end: () => {
      const found: FilePiece[] = [];
      endGroup(found);
      return found;
    },
  };
}

function lengthOf(lines: readonly Line[]): number {
  return lines.reduce((sum, { length }) => sum + length, 0);
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
