import { ascii, standsAt } from './ascii.ts';
import { readTimestamp } from './timestamp.ts';

const opening = ascii('===== ');
const closing = ascii(' =====');
const equals = 0x3d;
const newline = 0x0a;
const longestTime = 32;

/**
 * Where the next `===== ` begins, at `from` or after; -1 when there is none. Five equal signs at the end of the bytes
 * may be the beginning of one, and are not found.
 */
export function findSeparator(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(equals, from); at >= 0; ) {
    let end = at + 1;
    while (bytes[end] === equals) end += 1;
    if (end - at >= 5 && bytes[end] === 0x20) return end - 5;
    at = bytes.indexOf(equals, end);
  }
  return -1;
}

/** The time in the separator line at `at`, and where the next line begins; null when there is none. */
export function readSeparator(bytes: Uint8Array, at: number): { at: number; next: number } | null {
  if (!standsAt(bytes, at, opening)) return null;
  const from = at + opening.length;
  let to = from + 20;
  while (to <= from + longestTime && bytes[to] !== 0x20) to += 1;
  if (!standsAt(bytes, to, closing)) return null;
  const end = to + closing.length;
  const lineEnd = bytes[end] === 0x0d ? end + 1 : end;
  const time = bytes[lineEnd] === newline ? readTimestamp(bytes, from, to) : null;
  return time === null ? null : { at: time, next: lineEnd + 1 };
}

/** True where a separator and then the `$ ` of a command begin. */
export function startsHead(bytes: Uint8Array, at: number): boolean {
  const separator = readSeparator(bytes, at);
  return separator !== null && startsCommand(bytes, separator.next);
}

export function startsCommand(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0x24 && bytes[at + 1] === 0x20;
}
