import { type EntryResult, findError, readResult } from './read-result.ts';
import { readSeparator, startsCommand, startsHead } from './read-separator.ts';

/** A longer command line than this is not taken for one; a `sh -c` argument may well have many lines. */
export const maxHeadBytes = 64 << 10;

/** What stands before an entry's body, but for its texts. */
export interface EntryHead extends EntryResult {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Bytes from the start of the separator to the start of the result line. */
  readonly resultAt: number;
  /** Bytes from the start of the separator to the start of the body. */
  readonly length: number;
  /** Bytes from the start of the separator to the command line, behind its `$ `. */
  readonly commandAt: number;
}

export interface EntryTexts {
  readonly command: string;
  /** What kept the command from running; null when it ran. */
  readonly error: string | null;
}

const newline = 0x0a;
const carriageReturn = 0x0d;
const equals = 0x3d;
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Reads a whole head at `at`: separator, `$ ` lines, result line, blank line. Null when it does not parse, also when
 * it was cut and another begins inside it. It looks no further than there, so that trying every head of a file costs
 * no more than reading it twice.
 */
export function readHead(bytes: Uint8Array, at: number): EntryHead | null {
  const separator = readSeparator(bytes, at);
  if (separator === null || !startsCommand(bytes, separator.next)) return null;
  const commandAt = separator.next + 2;
  const limit = Math.min(bytes.length, at + maxHeadBytes);
  for (let line = commandAt; line < limit; ) {
    const end = bytes.indexOf(newline, line);
    if (end < 0 || end >= limit) return null;
    const result = line === commandAt ? null : readResult(bytes, line, withoutReturn(bytes, end));
    if (result !== null) {
      const length = bodyAt(bytes, end + 1, result) - at;
      if (length < 0) return null;
      return { ...result, at: separator.at, commandAt: commandAt - at, resultAt: line - at, length };
    }
    if (line > commandAt && readSeparator(bytes, line) !== null) return null;
    if (holdsHead(bytes, line, end)) return null;
    line = end + 1;
  }
  return null;
}

/** The texts of a head that was read at `at`. */
export function readTexts(bytes: Uint8Array, at: number, head: EntryHead): EntryTexts {
  const separatorEnd = bytes.indexOf(newline, at);
  const resultAt = at + head.resultAt;
  const command = decoder.decode(bytes.subarray(separatorEnd + 3, resultAt - 1));
  const isTextMode = bytes[separatorEnd - 1] === carriageReturn;
  const error = findError(bytes, resultAt, withoutReturn(bytes, bytes.indexOf(newline, resultAt)));
  return {
    command: isTextMode ? command.replaceAll('\r\n', '\n').replace(/\r$/, '') : command,
    error: error === null ? null : decoder.decode(bytes.subarray(error.from, error.to)),
  };
}

/** True where another head begins in that line. */
function holdsHead(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (bytes[at] === equals && startsHead(bytes, at)) return true;
  return false;
}

function withoutReturn(bytes: Uint8Array, end: number): number {
  return bytes[end - 1] === carriageReturn ? end - 1 : end;
}

/** Where the body begins, below a blank line; -1 when that is missing. Without a size there is neither. */
function bodyAt(bytes: Uint8Array, at: number, { size }: EntryResult): number {
  if (size === null || bytes[at] === newline) return size === null ? at : at + 1;
  return bytes[at] === carriageReturn && bytes[at + 1] === newline ? at + 2 : -1;
}
