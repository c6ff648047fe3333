import { countBefore } from '../../../main/domain/present/count-before.ts';
/**
 * An output as rows for the eye. A row is a range of bytes: it ends behind a line feed, where standard error begins, or
 * where it is as long as a row may be; so a line of a megabyte is many rows, and no row has to be decoded to be counted.
 */
export interface ByteRow {
  /** In the output, from its first byte. */
  readonly start: number;
  readonly end: number;
  /** Number of its line from 1; null for a row that goes on with a line. */
  readonly line: number | null;
}

export interface RowShape {
  /** The most bytes of one row. */
  readonly maxBytes: number;
  /** Where standard error begins; the output's size where there is none. */
  readonly breakAt: number;
}

/** A place from which rows can be cut without what is before it. */
export interface Checkpoint {
  readonly row: number;
  readonly start: number;
  /** Of the line that the row is of, whether it begins it or goes on with it. */
  readonly line: number;
  readonly goesOn: boolean;
}

const lineFeed = 10;
/** Rows from one checkpoint to the next. */
const stride = 256;

/**
 * Where a row that begins at `from` ends; null where the bytes do not tell, because more may come.
 * @param feed where the next line feed is; infinite where there is none
 */
function rowEnd(
  bytes: Uint8Array,
  from: number,
  feed: number,
  at: number,
  shape: RowShape,
  last: boolean,
): number | null {
  let most = from + shape.maxBytes;
  if (at < shape.breakAt) most = Math.min(most, from + shape.breakAt - at);
  if (feed < Math.min(most, bytes.length)) return feed + 1;
  if (most < bytes.length) return wholeCharacters(bytes, from, most);
  return last && from < bytes.length ? bytes.length : null;
}

/** Not within a character of UTF-8; where it is none, the row ends where it has to. */
function wholeCharacters(bytes: Uint8Array, from: number, end: number): number {
  let whole = end;
  while (whole > from && end - whole < 4 && ((bytes[whole] as number) & 0xc0) === 0x80) whole -= 1;
  return whole > from && end - whole < 4 ? whole : end;
}

/** Cuts rows from a checkpoint on, as far as the bytes tell. `bytes` begin there; `last` where nothing follows them. */
export function cutRows(
  bytes: Uint8Array,
  begin: Checkpoint,
  shape: RowShape,
  last: boolean,
  most = Number.POSITIVE_INFINITY,
): { readonly rows: ByteRow[]; readonly next: Checkpoint } {
  const rows: ByteRow[] = [];
  let { line, goesOn } = begin;
  let from = 0;
  // Looked for once for all rows of its line.
  let feed = -1;
  while (rows.length < most) {
    if (feed < from) feed = bytes.indexOf(lineFeed, from);
    if (feed < 0) feed = Number.POSITIVE_INFINITY;
    const end = rowEnd(bytes, from, feed, begin.start + from, shape, last);
    if (end === null || end === from) break;
    rows.push({ start: begin.start + from, end: begin.start + end, line: goesOn ? null : line });
    goesOn = bytes[end - 1] !== lineFeed;
    if (!goesOn) line += 1;
    from = end;
  }
  return { rows, next: { row: begin.row + rows.length, start: begin.start + from, line, goesOn } };
}

/** Where rows are in an output, some bytes for every 256 of them; it grows while the output is read through once. */
export interface RowIndex {
  readonly count: number;
  readonly lines: number;
  readonly done: boolean;
  push(chunk: Uint8Array): void;
  end(): void;
  /** The last checkpoint at or before a row, or a byte; and where the one behind it begins, or all that is known ends. */
  before(place: { row: number } | { byte: number }): { readonly checkpoint: Checkpoint; readonly end: number };
}

export function createRowIndex(shape: RowShape): RowIndex {
  const checkpoints: Checkpoint[] = [{ row: 0, start: 0, line: 1, goesOn: false }];
  let next = checkpoints[0] as Checkpoint;
  let rest = new Uint8Array(0);
  let done = false;

  function cut(bytes: Uint8Array, last: boolean): void {
    let from = 0;
    for (;;) {
      const cutHere = cutRows(bytes.subarray(from), next, shape, last, stride - (next.row % stride));
      if (cutHere.rows.length === 0) break;
      from += cutHere.next.start - next.start;
      next = cutHere.next;
      if (next.row % stride === 0) checkpoints.push(next);
    }
    rest = bytes.slice(from);
  }

  return {
    get count() {
      return next.row;
    },
    get lines() {
      return next.line - (next.goesOn ? 0 : 1);
    },
    get done() {
      return done;
    },
    push: (chunk) => {
      if (rest.length === 0) return cut(chunk, false);
      const joined = new Uint8Array(rest.length + chunk.length);
      joined.set(rest);
      joined.set(chunk, rest.length);
      cut(joined, false);
    },
    end: () => {
      cut(rest, true);
      done = true;
    },
    before: (place) => {
      const key = 'row' in place ? 'row' : 'start';
      const sought = 'row' in place ? place.row : place.byte;
      const behind = countBefore(checkpoints.length, (index) => (checkpoints[index] as Checkpoint)[key] <= sought);
      const checkpoint = checkpoints[Math.max(0, behind - 1)] as Checkpoint;
      return { checkpoint, end: checkpoints[behind]?.start ?? next.start };
    },
  };
}
