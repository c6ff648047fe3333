import { afterEach, beforeEach, expect, test } from 'vitest';
import type { HealthChange, HealthEvent } from '../../contract/health.ts';
import { hostId } from './sample-fixture.ts';
import { createStoreFolder, day, host, type StoreFolder, start } from './store-fixture.ts';

let at: StoreFolder;
beforeEach(() => {
  at = createStoreFolder();
});
afterEach(() => at.end());

function event(minutes: number, change: HealthChange, id = 'memory'): HealthEvent {
  const collected_at = new Date(start + minutes * 60_000).toISOString();
  const finding = { id, severity: 'bad', text: `${id} full`, collector: 'memory', kind: 'fast', collected_at } as const;
  return {
    at: Date.parse(collected_at),
    change,
    finding: { ...finding, path: ['memory', 'used_bytes'] },
    sudden: true,
  };
}

test('events come back as they were told, the newest of a span, the oldest first; what stands is known after a restart', async () => {
  const store = await at.opened();
  await store.saveHost(host);
  const events = [
    event(0, 'raised', 'pool'),
    event(1, 'raised'),
    event(2, 'cleared'),
    event(3, 'raised', 'units'),
    event(4, 'eased', 'pool'),
    event(5, 'cleared', 'units'),
  ];
  store.appendEvents(hostId, events);
  store.appendEvents(hostId, [{ ...event(0, 'raised', 'pool'), sudden: false }]);
  await store.close();
  const again = await at.opened();
  const whole = { hostId, from: 0, to: start + day };
  expect({
    all: await again.events({ ...whole, limit: 100 }),
    newest: await again.events({ ...whole, limit: 2 }),
    span: await again.events({ ...whole, from: start + 60_000, to: start + 120_000, limit: 9 }),
    standing: await again.standing(hostId),
    earlier: await again.standing(hostId, start + 3 * 60_000),
    other: await again.standing('00000000-0000-4000-8000-000000000000'),
  }).toEqual({
    all: [{ ...events[0], sudden: false }, ...events.slice(1)],
    newest: events.slice(4),
    span: [events[1]],
    standing: [{ ...events[4]?.finding, since: start }],
    earlier: [
      { ...events[0]?.finding, since: start },
      { ...events[3]?.finding, since: start + 3 * 60_000 },
    ],
    other: [],
  });
  await again.removeHost(hostId);
  expect(await again.events({ ...whole, limit: 100 })).toEqual([]);
});

test('events go when rollups do', async () => {
  const store = await at.opened({ retention: { rollupDays: 10 } });
  await store.saveHost(host);
  store.appendEvents(hostId, [event(0, 'raised'), event(60 * 24 * 5, 'cleared')]);
  await store.maintain(start + 12 * day);
  const left = await store.events({ hostId, from: 0, to: start + 30 * day, limit: 9 });
  expect(left.map(({ change }) => change)).toEqual(['cleared']);
});
