import { textBetween } from './characters.ts';
import type { Reach, TermType } from './terms.ts';

/** A place where a word was met that says what stands beside it. */
export interface Place {
  /** In small letters; it begins and ends there. */
  readonly word: string;
  readonly start: number;
  readonly end: number;
  /** At most that many letters before and after it. */
  before(most: number): string;
  after(most: number): string;
  /** Tells a term, by where it stands after (or, negative, before) the end of the word. */
  found(type: TermType, from: number, length: number, reach: Reach): void;
  /** So far after the end of the word nothing more is to be learned from the same word. */
  passed(length: number): void;
}

/** Words, in small letters, and what is looked for where one of them stands. */
export interface Trigger {
  readonly words: readonly string[];
  /** True where nothing stands unless a `=` or `:`, or the argument of an option, follows soon. */
  readonly needsValue?: true;
  look(place: Place): void;
}

export type OnTerm = (type: TermType, from: number, to: number, reach: Reach) => void;

export function placeIn(
  bytes: Uint8Array,
  from: number,
  to: number,
  word: string,
  end: number,
  onTerm: OnTerm,
  onPassed: (to: number) => void,
): Place {
  const start = end - word.length;
  return {
    word,
    start,
    end,
    before: (most) => textBetween(bytes, Math.max(from, start - most), start),
    after: (most) => textBetween(bytes, end, Math.min(to, end + most)),
    passed: (length) => onPassed(end + length),
    found: (type, at, length, reach) => {
      if (length > 0) onTerm(type, end + at, end + at + length, reach);
    },
  };
}

/** How far behind a word the sign that assigns may be. */
const mostName = 48;
const nameByte = Uint8Array.from({ length: 256 }, (_, code) =>
  Number(/[A-Za-z0-9_.\- \t()#\\"'\]]/.test(String.fromCharCode(code))),
);

/** Whether a value may follow: most places where such a word stands end here, before a text is made of them. */
export function mayHaveValue(bytes: Uint8Array, start: number, end: number): boolean {
  const next = bytes[end];
  const before = bytes[start - 1];
  const isOption = before === undefined || before === 0x2d || before === 0x20 || before === 0x0a || before === 9;
  if (isOption && (next === 0x20 || next === 0 || next === 0x2d || next === 0x5f)) return true;
  for (let at = end; at < end + mostName; at++) {
    const byte = bytes[at] as number;
    if (byte === 0x3a || byte === 0x3d) return true;
    if (byte === 0 || nameByte[byte] !== 1) return byte === 0 || (byte === 0x3e && bytes[start - 1] === 0x3c);
  }
  return false;
}
