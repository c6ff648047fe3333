import { expect, test } from 'vitest';
import type { HealthEvent } from '../../contract/health.ts';
import { type FlightWish, flownEvents, ringBoundsFor } from './flights.ts';

const event = (change: HealthEvent['change'], severity: 'bad' | 'warn', sudden = true): HealthEvent => ({
  ...{ at: 0, change, sudden },
  finding: { id: severity, severity, text: '', collector: 'zfs', kind: 'medium', collected_at: '', path: ['zfs'] },
});

test.each<[FlightWish, HealthEvent, number]>([
  ['off', event('raised', 'bad'), 0],
  ['bad', event('raised', 'bad'), 1],
  ['bad', event('worsened', 'bad'), 1],
  ['bad', event('raised', 'warn'), 0],
  ['all', event('raised', 'warn'), 1],
  ['all', event('eased', 'bad'), 0],
  ['all', event('cleared', 'bad'), 0],
  ['all', event('raised', 'bad', false), 0],
])('%s: %o', (wish, one, count) => {
  expect(flownEvents(wish, [one])).toHaveLength(count);
});

test('nothing more is kept while it is off, and fifteen minutes at least while it is on', () => {
  const bounds = { minutes: 0, bytes: 1, bytesInAll: 2 };
  expect([ringBoundsFor('off', bounds), ringBoundsFor('bad', bounds)]).toEqual([bounds, { ...bounds, minutes: 15 }]);
  expect(ringBoundsFor('all', { ...bounds, minutes: 60 })).toEqual({ ...bounds, minutes: 60 });
});
