import type { Collector } from '../collect/collector.ts';
import { commandIndexOf } from '../collect/command-line.ts';
import { maxBytesOf, maxErrorBytes, maxMarkBytes } from '../collect/program/limits.ts';
import { roundMark } from '../collect/round-lines.ts';

/** The most bytes of an entry's body that collectors are handed. */
export interface BodyLimit {
  readonly stdout: number;
  readonly stderr: number;
}

/**
 * How much of a body is read, by the command line above it: as much as a host could have sent for that command, so
 * that a dump that somebody made up costs no more memory than a host. Null for the commands of no collector.
 */
export function createBodyLimits(collectors: readonly Collector[]): (line: string) => BodyLimit | null {
  const index = commandIndexOf(collectors);
  return (line) => {
    if (roundMark(line) !== null) return { stdout: maxMarkBytes, stderr: maxErrorBytes };
    const command = index.byLine(line)?.command;
    if (command === undefined) return null;
    return { stdout: maxBytesOf(command), stderr: maxErrorBytes };
  };
}
