import type { HealthEvent } from '../../contract/health.ts';
import type { RingBounds } from './capture-bounds.ts';

/** Of which events the flight recorder keeps what hosts said around them. */
export type FlightWish = 'off' | 'bad' | 'all';

/** Minutes before an event, and after it: as long as it takes to see what led to it, and what it led to. */
export const flightMinutes = { before: 5, after: 10 } as const;

/** The events that are worth it. What was there at the start has nothing before it; what eases is on its way out. */
export function flownEvents(wish: FlightWish, events: readonly HealthEvent[]): readonly HealthEvent[] {
  if (wish === 'off') return [];
  const begins = ({ change, sudden }: HealthEvent) => sudden && (change === 'raised' || change === 'worsened');
  return events.filter((event) => begins(event) && (wish === 'all' || event.finding.severity === 'bad'));
}

/** What has to be kept of hosts for it: nothing more while it is off. */
export function ringBoundsFor(wish: FlightWish, bounds: RingBounds): RingBounds {
  const least = wish === 'off' ? 0 : flightMinutes.before + flightMinutes.after;
  return { ...bounds, minutes: Math.max(bounds.minutes, least) };
}
