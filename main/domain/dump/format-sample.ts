import type { Sample } from '../../contract/samples.ts';
import { ascii, standsAt } from './ascii.ts';
import { formatTimestamp, readTimestamp } from './timestamp.ts';

const encoder = new TextEncoder();
const opening = ascii('===== ');
const naming = ascii('  kind=');
const closing = ascii(' =====');
const space = 0x20;
const longestTime = 32;
const longestKind = 40;

/**
 * One entry of `samples.log`:
 *
 *     ===== 2026-04-22T20:13:19.123456Z  kind=fast =====
 *     { "collected_at": …, "data": { … } }
 *
 * with the JSON over several lines. `writtenAt`: milliseconds since the epoch when the round's last record ended.
 */
export function formatSample(sample: Sample, writtenAt: number): string {
  const { kind, collected_at, data } = sample;
  return `===== ${formatTimestamp(writtenAt)}  kind=${kind} =====\n${JSON.stringify({ collected_at, data }, null, 2)}\n\n`;
}

export interface SampleSeparator {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly kind: string;
}

/** Null when that line is no separator of a `samples.log`. */
export function parseSampleSeparator(line: string): SampleSeparator | null {
  const bytes = encoder.encode(line);
  return readSampleSeparator(bytes, 0, bytes.length);
}

/** As `parseSampleSeparator`, of the line between `from` and `to`. */
export function readSampleSeparator(bytes: Uint8Array, from: number, to: number): SampleSeparator | null {
  if (!standsAt(bytes, from, opening)) return null;
  const timeAt = from + opening.length;
  const timeEnd = wordEnd(bytes, timeAt, longestTime);
  const kindAt = timeEnd + naming.length;
  const kindEnd = wordEnd(bytes, kindAt, longestKind);
  const end = kindEnd + closing.length;
  const lineEnd = bytes[to - 1] === 0x0d ? to - 1 : to;
  if (end !== lineEnd || !standsAt(bytes, timeEnd, naming) || !standsAt(bytes, kindEnd, closing)) return null;
  const at = readTimestamp(bytes, timeAt, timeEnd);
  const kind = lettersIn(bytes, kindAt, kindEnd);
  return at === null || kind === null ? null : { at, kind };
}

/** A word of small letters; null for any other, and for none. */
function lettersIn(bytes: Uint8Array, from: number, to: number): string | null {
  let word = '';
  for (let at = from; at < to; at++) {
    const letter = bytes[at] as number;
    if (letter < 0x61 || letter > 0x7a) return null;
    word += String.fromCharCode(letter);
  }
  return word === '' ? null : word;
}

/** Where a word ends that has a space behind it, after at most so many letters. */
function wordEnd(bytes: Uint8Array, from: number, most: number): number {
  let end = from;
  while (end < from + most && bytes[end] !== space) end += 1;
  return end;
}
