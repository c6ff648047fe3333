import type { CommandRecord } from '../collect/record.ts';
import { formatTimestamp, toMicroseconds } from './timestamp.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const proper = encoder.encode('\n\n');

/**
 * The record as a reader of the dump will get it back: the time in microseconds, the duration in whole milliseconds,
 * text that UTF-8 can carry, an error in one line and without an exit beside it. What is computed while a dump is
 * written is computed from this, so that a replay computes the same.
 */
export function asWritten(record: CommandRecord): CommandRecord {
  return {
    ...record,
    command: unambiguous(throughUtf8(record.command)),
    endedAt: toMicroseconds(record.endedAt),
    exit: record.error === null ? record.exit : null,
    error: record.error === null ? null : throughUtf8(record.error).replace(/[\r\n]+/g, ' '),
    durationMs: Math.max(0, Math.round(record.durationMs)),
  };
}

/**
 * One entry of `commands.log`, in parts to be written one after the other:
 *
 *     ===== 2026-04-22T20:13:19.123456Z =====
 *     $ zpool list -j
 *     exit=1  duration=12ms  size=345  stderr=40  truncated=1  timeout=1
 *
 *     <345 bytes: what came on standard output, then the last 40 from standard error>
 *
 *
 * `size` counts all bytes of the body. `stderr`, `truncated` and `timeout` stand there only when they say something.
 * `exit=null` is a command that was abandoned. A command that never ran has `error=…  duration=0ms` and, unless it
 * printed something, neither size nor body.
 */
export function formatEntry(record: CommandRecord): Uint8Array[] {
  const { command, endedAt, exit, error, durationMs, stdout, stderr, truncated, timedOut } = asWritten(record);
  const size = stdout.length + stderr.length;
  const bare = error !== null && size === 0 && !truncated && !timedOut;
  const result = [error === null ? `exit=${exit}` : `error=${error}`, `duration=${durationMs}ms`];
  if (!bare) result.push(`size=${size}`);
  if (stderr.length > 0) result.push(`stderr=${stderr.length}`);
  if (truncated) result.push('truncated=1');
  if (timedOut) result.push('timeout=1');
  const head = `===== ${formatTimestamp(endedAt)} =====\n$ ${command}\n${result.join('  ')}\n`;
  if (bare) return [encoder.encode(`${head}\n`)];
  return [encoder.encode(`${head}\n`), stdout, stderr, proper];
}

/** A lone surrogate becomes U+FFFD, here as on its way through the file. */
function throughUtf8(text: string): string {
  return decoder.decode(encoder.encode(text));
}

/** A later line of a command that reads like a part of a header is moved in by a space. */
function unambiguous(command: string): string {
  return command.replace(/\n(?=\$ |exit=|error=|=====)/g, '\n ');
}
