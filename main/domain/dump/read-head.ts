import { parseTimestamp } from './timestamp.ts';

/** A longer command line than this is not taken for one; a `sh -c` argument may well have many lines. */
export const maxHeadBytes = 64 << 10;

/** What stands before an entry's body. */
export interface EntryHead {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly command: string;
  readonly exit: number | null;
  readonly error: string | null;
  readonly durationMs: number;
  /** Bytes of the body as it claims; null where there is none. */
  readonly size: number | null;
  readonly stderr: number;
  readonly truncated: boolean;
  readonly timedOut: boolean;
  /** Bytes from the start of the separator to the start of the body. */
  readonly length: number;
}

const newline = 0x0a;
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const separatorLine = /^===== (\S{20,32}) =====\r?$/;
const separatorInside = /===== \d{4}-\d\d-\d\dT[\d:.]{8,18}Z =====\r?\n\$ /;
const exitLine = /^exit=(-?\d{1,10}|null) {2}duration=(\d{1,12})ms {2}size=(\d{1,15})((?: {2}[a-z]+=\d{1,15})*)\r?$/;
const errorLine = /^error=(.*) {2}duration=(\d{1,12})ms(?: {2}size=(\d{1,15}))?((?: {2}[a-z]+=\d{1,15})*)\r?$/;

/** True where a separator begins: `===== `. A cheap test before the dear one. */
export function startsSeparator(bytes: Uint8Array, at: number): boolean {
  for (let index = 0; index < 5; index++) if (bytes[at + index] !== 0x3d) return false;
  return bytes[at + 5] === 0x20;
}

/** The time in the separator that is the line at `at`; null when that line is none. */
export function readSeparator(bytes: Uint8Array, at: number): { at: number; next: number } | null {
  if (!startsSeparator(bytes, at)) return null;
  const end = bytes.subarray(at, at + 48).indexOf(newline);
  if (end < 0) return null;
  const found = separatorLine.exec(decoder.decode(bytes.subarray(at, at + end)));
  const time = found === null ? null : parseTimestamp(found[1] as string);
  return time === null ? null : { at: time, next: at + end + 1 };
}

/**
 * Reads a whole head at `at`: separator, `$ ` lines, result line, blank line. Null when it does not parse, also when
 * it was cut and another begins inside it.
 */
export function readHead(bytes: Uint8Array, at: number): EntryHead | null {
  const separator = readSeparator(bytes, at);
  if (separator === null || bytes[separator.next] !== 0x24 || bytes[separator.next + 1] !== 0x20) return null;
  const commandAt = separator.next + 2;
  const limit = Math.min(bytes.length, at + maxHeadBytes);
  for (let line = commandAt; line < limit; ) {
    const end = bytes.indexOf(newline, line);
    if (end < 0 || end >= limit) return null;
    if (line > commandAt) {
      const result = readResult(bytes, line, end);
      if (result !== null) {
        const carriageReturn = bytes[commandAt - 4] === 0x0d;
        const command = decoder.decode(bytes.subarray(commandAt, line - 1));
        if (command.includes('===== ') && separatorInside.test(command)) return null;
        const bodyAt = result.size === null ? end + 1 : afterBlankLine(bytes, end + 1);
        if (bodyAt === null) return null;
        return {
          at: separator.at,
          command: carriageReturn ? command.replaceAll('\r\n', '\n').replace(/\r$/, '') : command,
          ...result,
          length: bodyAt - at,
        };
      }
      if (startsSeparator(bytes, line) && readSeparator(bytes, line) !== null) return null;
    }
    line = end + 1;
  }
  return null;
}

function afterBlankLine(bytes: Uint8Array, at: number): number | null {
  if (bytes[at] === newline) return at + 1;
  return bytes[at] === 0x0d && bytes[at + 1] === newline ? at + 2 : null;
}

type Result = Omit<EntryHead, 'at' | 'command' | 'length'>;

function readResult(bytes: Uint8Array, from: number, to: number): Result | null {
  const isExit = bytes[from] === 0x65 && bytes[from + 1] === 0x78;
  const isError = bytes[from] === 0x65 && bytes[from + 1] === 0x72;
  if (!isExit && !isError) return null;
  const found = (isExit ? exitLine : errorLine).exec(decoder.decode(bytes.subarray(from, to)));
  if (found === null) return null;
  const [, what = '', duration, size, extras = ''] = found;
  const extra = (name: string) => Number(new RegExp(` ${name}=(\\d+)`).exec(extras)?.[1] ?? 0);
  return {
    exit: isExit && what !== 'null' ? Number(what) : null,
    error: isError ? what : null,
    durationMs: Number(duration),
    size: size === undefined ? null : Number(size),
    stderr: extras === '' ? 0 : extra('stderr'),
    truncated: extras !== '' && extra('truncated') === 1,
    timedOut: extras !== '' && extra('timeout') === 1,
  };
}
