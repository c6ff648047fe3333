import { FaultError } from '../../contract/faults.ts';
import { standsAt } from '../../domain/dump/ascii.ts';
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

/** A match of a regular expression that goes on for longer behind the text in which it begins may be missed. */
const overlapBytes = 64 << 10;
/** What is read first, so that what is found there is told at once; then twice as much each time. */
const firstBytes = 256 << 10;
const lineFeed = 10;
/** How much of a chunk tells which bytes are rare in it, and how seldom one of so many has to be for that. */
const sampleBytes = 16 << 10;
const frequentBytes = 512;
/**
 * How much becomes a string at once. V8 keeps longer ones outside of its heap, each in memory that the system has to
 * clear first: that takes longer than finding what is looked for.
 */
const textBytes = 64 << 10;
/** An expression out of this alone cannot match a line feed: no classes that hold one, no modifiers. */
const withinLines = /^(?:[^\\[(\p{Cc}]|\\[wdbB\p{P}\p{S}]|\[(?!\^)|\((?!\?[a-z-]))*$/u;

/** Finds the matches that begin in the first `length` bytes of a chunk, in their order; the next chunk begins there. */
type Find = (chunk: Buffer, length: number, add: (at: number, length: number) => void) => void;

/** What of a file is looked through: matches that begin between two places, though they may end behind the second. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  /** Of the whole file, in bytes. */
  readonly fileSize: number;
}

/**
 * Looks through a stretch of a file, in its order. What is looked for is UTF-8; output that is not is looked through all
 * the same, because nothing is decoded. Without regard to case, ASCII letters are alike. What the stretch before it may
 * match across its end is not matched again. Throws a `FaultError` `bad_input` for a regular expression that is none.
 */
export async function* searchBytes(
  file: ReadableFile,
  pattern: Pattern,
  { from, to, fileSize }: Stretch,
): AsyncGenerator<Matches> {
  const isLiteral = !pattern.regex && pattern.matchCase;
  const find = isLiteral ? literal(pattern.text) : expression(pattern);
  const overlap = isLiteral ? Buffer.byteLength(pattern.text) - 1 : 0;
  const buffer = Buffer.allocUnsafe(chunkBytes);
  const places = createPlaces();
  for (let at = Math.max(0, from - overlapBytes), most = firstBytes; at < to; most *= 2) {
    const wanted = Math.min(most, buffer.length, fileSize - at, to - at + overlapBytes);
    const chunk = await readFully(file, buffer.subarray(0, wanted), at);
    const isEnd = chunk.length < wanted || at + chunk.length >= fileSize;
    // A match may cross the end of the chunk, so the last of it is looked through again.
    const whole = isEnd ? chunk.length : isLiteral ? chunk.length - overlap : wholeLines(chunk);
    const length = Math.min(whole, to - at);
    const start = at;
    find(chunk, length, (place, matched) => {
      if (start + place >= from) places.add(start + place, matched);
    });
    at += length;
    yield { ...places.take(), readBytes: Math.max(0, at - from) };
    if (isEnd && length === chunk.length) return;
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
    const rare = rareByte(wanted, chunk);
    for (let at = indexOf(chunk, wanted, rare, 0); at >= 0 && at < length; ) {
      add(at, wanted.length);
      at = indexOf(chunk, wanted, rare, at + wanted.length);
    }
  };
}

/** The byte of a text that stands most seldom at the beginning of a chunk; null where each of them is frequent. */
function rareByte(wanted: Buffer, chunk: Buffer): number | null {
  const counts = new Uint32Array(256);
  for (const byte of chunk.subarray(0, sampleBytes)) counts[byte] = (counts[byte] as number) + 1;
  const often = (at: number) => counts[wanted[at] as number] as number;
  let rarest = 0;
  for (let at = 1; at < wanted.length; at++) if (often(at) < often(rarest)) rarest = at;
  return often(rarest) > sampleBytes / frequentBytes ? null : rarest;
}

/**
 * The next place of a text. One byte is found three times as fast as a text, unless it is found often.
 * @param rare where in the text its rarest byte stands; null where there is none
 */
function indexOf(chunk: Buffer, wanted: Buffer, rare: number | null, from: number): number {
  if (rare === null) return chunk.indexOf(wanted, from);
  const byte = wanted[rare] as number;
  for (let at = chunk.indexOf(byte, from + rare); at >= 0; at = chunk.indexOf(byte, at + 1)) {
    const start = at - rare;
    if (standsAt(chunk, start, wanted)) return start;
  }
  return -1;
}

function expression({ text, regex, matchCase }: Pattern): Find {
  const source = regex ? text : text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  const matcher = compile(source, matchCase);
  const crossesLines = !withinLines.test(source);
  /** Where the last match ended, in the chunk: it may be in the text or the chunk behind the one in which it began. */
  let matchedTo = 0;

  return (chunk, length, add) => {
    for (let from = 0; from < length; ) {
      const end = Math.min(length, lineEnd(chunk, from + textBytes));
      const isWhole = chunk[end - 1] === lineFeed && !crossesLines;
      // One letter for each byte, so that places in the text are places in the file.
      const letters = chunk.toString('latin1', from, isWhole ? end : lineEnd(chunk, end + overlapBytes));
      matcher.lastIndex = Math.max(0, matchedTo - from);
      for (let match = matcher.exec(letters); match !== null; match = matcher.exec(letters)) {
        const at = from + match.index;
        if (at >= end) break;
        // Its length, but not its text: taking that out costs as much as finding it.
        const matched = matcher.lastIndex - match.index;
        if (matched === 0) matcher.lastIndex += 1;
        else add(at, matched);
        matchedTo = from + matcher.lastIndex;
      }
      from = end;
    }
    matchedTo -= length;
  };
}

function compile(source: string, matchCase: boolean): RegExp {
  try {
    return new RegExp(Buffer.from(source).toString('latin1'), matchCase ? 'gm' : 'gim');
  } catch (error) {
    const reason = (error as Error).message.replace(/^Invalid regular expression: (?:\/.*\/[a-z]*: )?/s, '');
    throw new FaultError('bad_input', 'search', `This is no regular expression: ${reason}.`);
  }
}

/** Up to a line's end that leaves behind it what a match may need; where a line has no end in sight, without one. */
function wholeLines(chunk: Buffer): number {
  const most = chunk.length - overlapBytes;
  const end = chunk.lastIndexOf(lineFeed, most - 1) + 1;
  return end > chunk.length / 2 ? end : most;
}

/** Behind the next line feed; where there is none, all. */
function lineEnd(chunk: Buffer, from: number): number {
  const feed = chunk.indexOf(lineFeed, from);
  return feed < 0 ? chunk.length : feed + 1;
}
