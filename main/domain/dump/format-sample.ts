import type { Sample } from '../../contract/samples.ts';
import { formatTimestamp, parseTimestamp } from './timestamp.ts';

const separator = /^===== (\S{20,32}) {2}kind=([a-z]+) =====\r?$/;

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
  const found = separator.exec(line);
  const at = found === null ? null : parseTimestamp(found[1] as string);
  return at === null ? null : { at, kind: found?.[2] as string };
}
