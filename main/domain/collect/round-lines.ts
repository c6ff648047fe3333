import { kinds } from '../../contract/kinds.ts';
import type { Kind } from '../../contract/samples.ts';

/**
 * The two records that frame a round. Their kind stands in a shell comment, so that the line stays one that a person
 * can paste, and a dump tells its own rounds.
 */
export function beginLine(kind: Kind): string {
  return `cat /proc/uptime /proc/sys/kernel/random/boot_id  # round ${kind}`;
}

export function endLine(kind: Kind): string {
  return `cat /proc/uptime  # end of round ${kind}`;
}

const marks = new Map<string, { mark: 'begin' | 'end'; kind: Kind }>(
  kinds.flatMap((kind) => [
    [beginLine(kind), { mark: 'begin' as const, kind }],
    [endLine(kind), { mark: 'end' as const, kind }],
  ]),
);

/** Which end of which round a command line is; null when it is neither. */
export function roundMark(line: string): { readonly mark: 'begin' | 'end'; readonly kind: Kind } | null {
  return marks.get(line) ?? null;
}
