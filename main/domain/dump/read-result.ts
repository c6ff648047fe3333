import { ascii, digitsEnd, numberIn, standsAt } from './ascii.ts';

/** What the line below a command says. */
export interface EntryResult {
  /** Whether an error stands in place of an exit. */
  readonly isError: boolean;
  readonly exit: number | null;
  readonly durationMs: number;
  /** Bytes of the body as it claims; null where there is none. */
  readonly size: number | null;
  readonly stderr: number;
  readonly truncated: boolean;
  readonly timedOut: boolean;
}

const words = {
  exit: ascii('exit='),
  error: ascii('error='),
  none: ascii('null'),
  duration: ascii('  duration='),
  milliseconds: ascii('ms'),
  size: ascii('  size='),
  stderr: ascii('  stderr='),
  truncated: ascii('  truncated='),
  timedOut: ascii('  timeout='),
};
const minus = 0x2d;
const mostDigits = 15;

/**
 * The result line between `from` and `to` (without its newline); null when it is none:
 *
 *     exit=1  duration=12ms  size=345  stderr=40  truncated=1  timeout=1
 *     error={:enoent, "zpool"}  duration=0ms
 */
export function readResult(bytes: Uint8Array, from: number, to: number): EntryResult | null {
  if (standsAt(bytes, from, words.exit)) {
    const at = from + words.exit.length;
    if (standsAt(bytes, at, words.none)) return readFigures(bytes, at + words.none.length, to, null, true);
    const isNegative = bytes[at] === minus;
    const digits = isNegative ? at + 1 : at;
    const end = digitsEnd(bytes, digits, 10);
    const exit = numberIn(bytes, digits, end);
    return end === digits ? null : readFigures(bytes, end, to, isNegative ? -exit : exit, true);
  }
  const errorEnd = findErrorEnd(bytes, from, to);
  return errorEnd < 0 ? null : readFigures(bytes, errorEnd, to, null, false);
}

/** Where the error and where its text begins and ends in a result line; null where the command ran. */
export function findError(bytes: Uint8Array, from: number, to: number): { from: number; to: number } | null {
  const end = findErrorEnd(bytes, from, to);
  return end < 0 ? null : { from: from + words.error.length, to: end };
}

/** The text may hold anything, so it ends at the last duration. */
function findErrorEnd(bytes: Uint8Array, from: number, to: number): number {
  if (!standsAt(bytes, from, words.error)) return -1;
  let at = to - words.duration.length;
  while (at >= from + words.error.length && !standsAt(bytes, at, words.duration)) at -= 1;
  return at < from + words.error.length ? -1 : at;
}

function readFigures(
  bytes: Uint8Array,
  from: number,
  to: number,
  exit: number | null,
  ran: boolean,
): EntryResult | null {
  if (!standsAt(bytes, from, words.duration)) return null;
  const durationAt = from + words.duration.length;
  const durationEnd = digitsEnd(bytes, durationAt, 12);
  if (durationEnd === durationAt || !standsAt(bytes, durationEnd, words.milliseconds)) return null;
  const durationMs = numberIn(bytes, durationAt, durationEnd);
  let at = durationEnd + words.milliseconds.length;
  let size: number | null = null;
  if (standsAt(bytes, at, words.size)) {
    const sizeAt = at + words.size.length;
    at = digitsEnd(bytes, sizeAt, mostDigits);
    if (at === sizeAt) return null;
    size = numberIn(bytes, sizeAt, at);
  } else if (ran) {
    return null;
  }
  let stderr = 0;
  let truncated = false;
  let timedOut = false;
  while (at < to) {
    const equals = figureAt(bytes, at);
    const end = equals === null ? 0 : digitsEnd(bytes, equals + 1, mostDigits);
    if (equals === null || end === equals + 1) return null;
    const value = numberIn(bytes, equals + 1, end);
    if (standsAt(bytes, at, words.stderr)) stderr = value;
    else if (standsAt(bytes, at, words.truncated)) truncated = value === 1;
    else if (standsAt(bytes, at, words.timedOut)) timedOut = value === 1;
    at = end;
  }
  return { isError: !ran, exit, durationMs, size, stderr, truncated, timedOut };
}

/** Where the equal sign of `  name=` stands; a name that is not known is passed over. Null when it is no such thing. */
function figureAt(bytes: Uint8Array, at: number): number | null {
  if (bytes[at] !== 0x20 || bytes[at + 1] !== 0x20) return null;
  let end = at + 2;
  while ((bytes[end] ?? 0) >= 0x61 && (bytes[end] ?? 0) <= 0x7a) end += 1;
  return end > at + 2 && bytes[end] === 0x3d ? end : null;
}
