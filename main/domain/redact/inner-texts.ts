import { base64Decoded, base64HoldsText, base64Value } from './base64.ts';
import { hexValue, isDigit } from './characters.ts';
import { hexDecoded, hexHoldsText, type Inner, narrowed, percentDecoded } from './encodings.ts';
import { unescaped } from './escapes.ts';

export interface TokenSeen {
  /** A run of letters, digits and what URLs, addresses, base64 and paths are made of. */
  token(from: number, to: number): void;
  inner(inner: Inner, isAtEnd: boolean): void;
}

const flags = { digit: 1, upper: 2, lower: 4, dot: 8, colon: 16, dash: 32, percent: 64, backslash: 128 } as const;

/** What a token is made of; 0 for what parts tokens. */
const tokenFlags = Uint8Array.from({ length: 256 }, (_, code) => {
  const letter = String.fromCharCode(code);
  if (isDigit(code)) return flags.digit;
  if (/[A-Z]/.test(letter)) return flags.upper;
  if (/[a-z+/=@]/.test(letter)) return flags.lower;
  return (
    { '.': flags.dot, ':': flags.colon, '-': flags.dash, _: flags.dash, '%': flags.percent, '\\': flags.backslash }[
      letter
    ] ?? 0
  );
});

/** What five bytes become; shorter words are too common. */
const leastBase64 = 7;
const leastHex = 10;
const leastWide = 5;
/** A line that is longer is taken in pieces that overlap. */
const pieceBytes = 256 << 10;
const overlapBytes = 8 << 10;
const newline = 0x0a;
const percent = 0x25;

/** Finds tokens in which something may be, and texts that stand encoded: by URLs, by escapes, in base64, in hexadecimal, wide. */
export function lookInside(bytes: Uint8Array, from: number, to: number, seen: TokenSeen): void {
  let percentTo = from;
  let escapesTo = from;
  let base64To = from;
  for (let at = from; at < to; ) {
    let seenFlags = tokenFlags[bytes[at] as number] as number;
    if (seenFlags === 0) {
      at += 1;
      continue;
    }
    const start = at;
    let [dots, colons, dashes] = [0, 0, 0];
    for (let flag = seenFlags; flag !== 0; flag = at < to ? (tokenFlags[bytes[at] as number] as number) : 0) {
      seenFlags |= flag;
      if (flag === flags.dot) dots += 1;
      else if (flag === flags.colon) colons += 1;
      else if (flag === flags.dash) dashes += 1;
      at += 1;
    }
    const length = at - start;
    if (dots >= 2 || colons >= 1 || dashes >= 3 || (length >= 8 && (seenFlags & flags.digit) !== 0)) {
      seen.token(start, at);
    }
    if ((seenFlags & flags.percent) !== 0 && at > percentTo && holdsPercent(bytes, start, at)) {
      percentTo = Math.max(percentTo, start);
      while (percentTo < at) percentTo = inLine(bytes, percentTo, from, to, percentDecoded, seen);
    }
    if ((seenFlags & flags.backslash) !== 0 && at > escapesTo) {
      escapesTo = Math.max(escapesTo, start);
      while (escapesTo < at) escapesTo = inLine(bytes, escapesTo, from, to, unescaped, seen);
    }
    if (length >= leastBase64 && (seenFlags & (flags.digit | flags.upper)) !== 0 && at > base64To) {
      base64To = inBase64(bytes, start, at, to, seen);
    }
    if (length >= leastHex && (seenFlags & flags.digit) !== 0) inHex(bytes, start, at, to, seen);
    if (length === 1 && bytes[at] === 0 && bytes[at + 2] === 0 && bytes[at + 4] === 0)
      at = inWide(bytes, start, to, seen);
  }
}

function holdsPercent(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = bytes.indexOf(percent, from); at >= 0 && at + 2 < to; at = bytes.indexOf(percent, at + 1)) {
    if ((hexValue[bytes[at + 1] as number] as number) < 16 && (hexValue[bytes[at + 2] as number] as number) < 16)
      return true;
  }
  return false;
}

/** Decodes the line around `at`, and says where it ends. */
function inLine(
  bytes: Uint8Array,
  at: number,
  from: number,
  to: number,
  decode: (bytes: Uint8Array, from: number, to: number) => Inner,
  seen: TokenSeen,
): number {
  const earliest = Math.max(from, at - overlapBytes);
  const before = bytes.subarray(earliest, at).lastIndexOf(newline);
  const start = before < 0 ? earliest : earliest + before + 1;
  const after = bytes.subarray(at, Math.min(to, start + pieceBytes)).indexOf(newline);
  const end = after < 0 ? Math.min(to, start + pieceBytes) : at + after;
  seen.inner(decode(bytes, start, end), end === to);
  return end;
}

/** The runs of base64 in a token; one that fills lines goes on over their ends. Where the last one ends. */
function inBase64(bytes: Uint8Array, from: number, to: number, limit: number, seen: TokenSeen): number {
  let end = from;
  for (let at = from; at < to; ) {
    if (base64Value[bytes[at] as number] === 255) {
      at += 1;
      continue;
    }
    const start = at;
    while (at < to && base64Value[bytes[at] as number] !== 255) at += 1;
    end = at;
    if (at - start < leastBase64 || !isMixed(bytes, start, at)) continue;
    if (at === to && at - start >= 48) end = linesEnd(bytes, at, limit);
    // Where it really begins is not known when other letters touch it, nor within a long one.
    const starts = end - start >= 16 ? 4 : 1;
    for (let piece = start; ; piece += pieceBytes - overlapBytes) {
      const last = Math.min(end, piece + pieceBytes);
      for (let first = 0; first < starts; first++) {
        if (base64HoldsText(bytes, piece + first, last)) {
          seen.inner(base64Decoded(bytes, piece, last, first), last === limit);
        }
      }
      if (last === end) break;
    }
    at = Math.max(at, end);
    if (end > to) return end;
  }
  return end;
}

function linesEnd(bytes: Uint8Array, at: number, limit: number): number {
  let end = at;
  for (;;) {
    const next = bytes[end] === newline ? end + 1 : bytes[end] === 0x0d && bytes[end + 1] === newline ? end + 2 : end;
    let until = next;
    while (until < limit && base64Value[bytes[until] as number] !== 255) until += 1;
    if (next === end || until - next < 2) return end;
    end = until;
    if (until - next < 48) return end;
  }
}

/** Not a word of small letters, nor a number. */
function isMixed(bytes: Uint8Array, from: number, to: number): boolean {
  let [small, digits] = [0, 0];
  for (let at = from; at < to; at++) {
    const code = bytes[at] as number;
    if (code >= 0x61 && code <= 0x7a) small += 1;
    else if (code >= 0x30 && code <= 0x39) digits += 1;
    if (small < at + 1 - from && digits < at + 1 - from) return true;
  }
  return false;
}

function inHex(bytes: Uint8Array, from: number, to: number, limit: number, seen: TokenSeen): void {
  for (let at = from; at < to; ) {
    const start = at;
    while (at < to && (hexValue[bytes[at] as number] as number) < 16) at += 1;
    const end = Math.min(at, start + pieceBytes);
    for (const first of [start, start + 1]) {
      if (at - start >= leastHex && hexHoldsText(bytes, first, end))
        seen.inner(hexDecoded(bytes, first, end), end === limit);
    }
    if (at === start) at += 1;
  }
}

function inWide(bytes: Uint8Array, from: number, to: number, seen: TokenSeen): number {
  let at = from;
  while (at + 1 < to && (bytes[at] as number) >= 0x20 && (bytes[at] as number) < 0x7f && bytes[at + 1] === 0) at += 2;
  if (at - from >= 2 * leastWide) seen.inner(narrowed(bytes, from, at), at === to);
  return Math.max(at, from + 1);
}
