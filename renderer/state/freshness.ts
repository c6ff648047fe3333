import type { HostView } from '../../main/contract/hosts.ts';
import type { Sample } from '../../main/contract/samples.ts';
import { isStale } from '../../main/domain/present/levels.ts';
import { useClock } from './clock.ts';
import { cursorInstant, useCursor } from './cursor.ts';
import { useLost } from './link.ts';

export type Watched = Pick<HostView, 'connection' | 'cadenceSeconds'>;

/**
 * True where a sample, collected at that instant, is what was and not what is: its host is not live, three rounds were missed, or the page has
 * lost Rackside. A dump is the past by itself and is not marked.
 */
export function isPast({ connection, cadenceSeconds }: Watched, at: number | null, now: number, lost: boolean) {
  if (at === null || connection.state === 'replay') return false;
  return lost || connection.state !== 'live' || isStale((now - at) / 1000, cadenceSeconds);
}

/** When a sample was collected, in milliseconds since the epoch; null for none. */
export function instantOf(sample: Sample | null): number | null {
  return sample === null ? null : Date.parse(sample.collected_at);
}

export function usePast(view: Watched | undefined, at: number | null): boolean {
  const lost = useLost();
  return useClock((now) => view !== undefined && isPast(view, at, now, lost));
}

/** The same on the host's own page, where the time of a dump is the cursor's: what stood there long before is past. */
export function usePastThere(view: Watched | undefined, at: number | null): boolean {
  const past = usePast(view, at);
  const isBehind = useCursor((cursor) => view !== undefined && isLongBefore(view, at, cursorInstant(cursor)));
  return past || isBehind;
}

/** True where a dump has nothing newer than a sample of that instant for longer than its pace, at the cursor. */
export function isLongBefore(
  { connection, cadenceSeconds }: Watched,
  at: number | null,
  cursor: number | null,
): boolean {
  if (connection.state !== 'replay' || at === null || cursor === null) return false;
  return isStale((cursor - at) / 1000, cadenceSeconds);
}
