import type { HostView } from '../../main/contract/hosts.ts';
import type { Sample } from '../../main/contract/samples.ts';
import { isStale } from '../../main/domain/present/levels.ts';
import { useClock } from './clock.ts';
import { useLost } from './link.ts';

export type Watched = Pick<HostView, 'connection' | 'cadenceSeconds'>;

/**
 * True where a sample is what was and not what is: its host is not live, three rounds were missed, or the page has
 * lost Rackside. A dump is the past by itself and is not marked.
 */
export function isPast({ connection, cadenceSeconds }: Watched, sample: Sample | null, now: number, lost: boolean) {
  if (sample === null || connection.state === 'replay') return false;
  return lost || connection.state !== 'live' || isStale((now - Date.parse(sample.collected_at)) / 1000, cadenceSeconds);
}

export function usePast(view: Watched | undefined, sample: Sample | null): boolean {
  const lost = useLost();
  return useClock((now) => view !== undefined && isPast(view, sample, now, lost));
}
