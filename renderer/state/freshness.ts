import type { HostView } from '../../main/contract/hosts.ts';
import type { Sample } from '../../main/contract/samples.ts';
import { isStale } from '../../main/domain/present/levels.ts';
import { useClock } from './clock.ts';
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
