import { FaultError } from '../../contract/faults.ts';
import { chunkBytes, type ReadableFile, readFully } from './file-window.ts';

export interface Pattern {
  readonly text: string;
  readonly regex: boolean;
  readonly matchCase: boolean;
}

/** Matches in a stretch of a file, by their places in the file. */
export interface Matches {
  readonly offsets: Float64Array;
  readonly lengths: Uint32Array;
  /** How far the file was looked through, in bytes. */
  readonly readBytes: number;
}

/** A match of a regular expression that is longer, or crosses a line that is, may be missed. */
const overlapBytes = 64 << 10;

/** Finds the matches that begin in the first `length` bytes of a chunk, in their order. */
type Find = (chunk: Buffer, length: number, add: (at: number, length: number) => void) => void;

/**
 * Looks through the bytes of a file between two places, in their order. What is looked for is UTF-8; output that is not
 * is looked through all the same, because nothing is decoded. Without regard to case, ASCII letters are alike.
 * Throws a `FaultError` `bad_input` for a regular expression that is none.
 */
export async function* searchBytes(
  handle: ReadableFile,
  pattern: Pattern,
  from: number,
  to: number,
): AsyncGenerator<Matches> {
  const isLiteral = !pattern.regex && pattern.matchCase;
  const find = isLiteral ? literal(pattern.text) : expression(pattern);
  const overlap = isLiteral ? Buffer.byteLength(pattern.text) - 1 : 0;
  const buffer = Buffer.allocUnsafe(chunkBytes);
  const places = createPlaces();
  for (let at = from; at < to; ) {
    const chunk = await readFully(handle, buffer.subarray(0, Math.min(buffer.length, to - at)), at);
    const isEnd = chunk.length < buffer.length || at + chunk.length >= to;
    // A match may cross the end of the chunk, so what is behind the last whole line is looked through again.
    const length = isEnd ? chunk.length : isLiteral ? chunk.length - overlap : wholeLines(chunk);
    const start = at;
    find(chunk, length, (place, matched) => places.add(start + place, matched));
    at += length;
    yield { ...places.take(), readBytes: at - from };
    if (isEnd) return;
  }
}

/** Gathers places in columns, which are used again: an expression may match millions of times. */
function createPlaces() {
  let offsets = new Float64Array(1024);
  let lengths = new Uint32Array(1024);
  let count = 0;

  function grow(): void {
    const [moreOffsets, moreLengths] = [new Float64Array(2 * count), new Uint32Array(2 * count)];
    moreOffsets.set(offsets);
    moreLengths.set(lengths);
    [offsets, lengths] = [moreOffsets, moreLengths];
  }

  return {
    add: (offset: number, length: number): void => {
      if (count === offsets.length) grow();
      offsets[count] = offset;
      lengths[count] = length;
      count += 1;
    },
    /** Those since the last time, as copies that may be given away. */
    take: () => {
      const taken = { offsets: offsets.slice(0, count), lengths: lengths.slice(0, count) };
      count = 0;
      return taken;
    },
  };
}

function literal(text: string): Find {
  const wanted = Buffer.from(text);
  return (chunk, length, add) => {
    for (let at = chunk.indexOf(wanted); at >= 0 && at < length; at = chunk.indexOf(wanted, at + wanted.length)) {
      add(at, wanted.length);
    }
  };
}

function expression({ text, regex, matchCase }: Pattern): Find {
  const matcher = compile(regex ? text : text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), matchCase);
  return (chunk, length, add) => {
    // One letter for each byte, so that places in the text are places in the file.
    const letters = chunk.toString('latin1', 0, length);
    matcher.lastIndex = 0;
    for (let match = matcher.exec(letters); match !== null; match = matcher.exec(letters)) {
      // Its length, but not its text: taking that out costs as much as finding it.
      const matched = matcher.lastIndex - match.index;
      if (matched === 0) matcher.lastIndex += 1;
      else add(match.index, matched);
    }
  };
}

function compile(source: string, matchCase: boolean): RegExp {
  try {
    return new RegExp(Buffer.from(source).toString('latin1'), matchCase ? 'gm' : 'gim');
  } catch (error) {
    const reason = (error as Error).message.replace(/^Invalid regular expression: /, '');
    throw new FaultError('bad_input', 'search', `This is no regular expression: ${reason}.`);
  }
}

/** Up to the last newline; where a line has no end in sight, up to what a match may need. */
function wholeLines(chunk: Buffer): number {
  const end = chunk.lastIndexOf(10) + 1;
  return end > chunk.length / 2 ? end : chunk.length - overlapBytes;
}
