import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Sample } from '../../contract/samples.ts';
import { defaultThresholds } from '../../domain/present/levels.ts';
import { fastSample, local, setUp } from './fleet-fixture.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

test('what is wrong is told at a glance, kept as events, and known again after a restart', async () => {
  const failing = (at: number, failed: number): Sample => ({
    ...{ kind: 'medium', collected_at: new Date(at).toISOString() },
    data: {
      ...fastSample(at).data,
      units: { state: null, counts: { total: 9, active: 9, failed }, failed: [], list: [] },
    },
  });
  const { fleet, events, told, sessions, book } = await setUp();
  const host = await fleet.add(local);
  await vi.advanceTimersByTimeAsync(0);
  sessions[0]?.listeners.onSample(failing(1_000_000, 0));
  sessions[0]?.listeners.onSample(failing(1_300_000, 1));
  expect({
    health: fleet.list().hosts[0]?.health,
    events: events.map(([id, { at, change }]) => [id, at, change]),
    told,
  }).toEqual({
    health: { bad: 0, warn: 1, first: '1 unit failed' },
    events: [[host.id, 1_300_000, 'raised']],
    told: [[host.name, ['raised']]],
  });
  await fleet.close();
  const before = events.map(([, { at, finding }]) => ({ ...finding, since: at }));
  const again = await setUp([...book.values()], before);
  again.fleet.start();
  await vi.advanceTimersByTimeAsync(1000);
  again.sessions[0]?.listeners.onSample(failing(2_000_000, 1));
  again.sessions[0]?.listeners.onSample(failing(2_300_000, 0));
  expect(again.told).toEqual([[host.name, ['cleared']]]);
  await again.fleet.close();
});

test('other thresholds judge what is there at once, and alarm nobody', async () => {
  let warn = 80;
  const { fleet, events, sessions } = await setUp([], [], {
    limitsOf: () => ({ ...defaultThresholds, filesystem: { warn, bad: 95 } }),
  });
  const host = await fleet.add(local);
  await vi.advanceTimersByTimeAsync(0);
  const row = { device: '/dev/sda1', type: 'ext4', mount: '/', size_bytes: 100, used_bytes: 90, available_bytes: 2e9 };
  sessions[0]?.listeners.onSample({
    ...{ kind: 'medium', collected_at: new Date(1_000_000).toISOString() },
    data: { ...fastSample(1_000_000).data, filesystems: { list: [{ ...row, used_percent: 90 }] } },
  });
  warn = 93;
  fleet.adjust();
  warn = 85;
  fleet.adjust();
  fleet.adjust();
  expect([fleet.list().hosts[0]?.health?.warn, events.map(([id, { change, sudden }]) => [id, change, sudden])]).toEqual(
    [1, ['raised', 'cleared', 'raised'].map((change) => [host.id, change, false])],
  );
  await fleet.close();
});
