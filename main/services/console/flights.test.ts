import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FaultError } from '../../contract/faults.ts';
import type { HealthEvent } from '../../contract/health.ts';
import type { Host } from '../../contract/hosts.ts';
import { createFlights } from './flights.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rackside-flights-'));
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

const host: Host = {
  ...{ id: '5f0b3f9e-7a5c-4c9e-9a56-0d7c1a2b3c4d', name: 'tank', group: null, tags: [], addedAt: 0 },
  target: { transport: 'local' },
};

function event(text: string, at: number): HealthEvent {
  const path = ['zfs', 'pools', 0];
  const finding = {
    id: text,
    text,
    path,
    severity: 'bad',
    collector: 'zfs',
    kind: 'medium',
    collected_at: '',
  } as const;
  return { at, change: 'raised', sudden: true, finding };
}

/** A fleet whose host is looked at until nobody wants to. */
function fleetOf(save: () => Promise<unknown>) {
  const looks: boolean[] = [];
  return {
    looks,
    fleet: {
      live: async function* (_hostId: string, signal: AbortSignal) {
        looks.push(true);
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
        looks.push(false);
      },
      saveRing: save,
    } as never,
  };
}

function flightsOf({ fleet }: { fleet: never }, wish: 'bad' | 'off' = 'bad') {
  const file = join(folder, 'flights.json');
  return createFlights({ folder, file, fleet: () => fleet, wish: () => wish, isThere: existsSync });
}

function saved(count: { value: number }) {
  return async () => {
    count.value += 1;
    const directory = join(folder, `dump-${count.value}`);
    mkdirSync(directory);
    return { directory, from: 1000, to: 901_000, entries: 5, bytes: 100 };
  };
}

test('an event has its host looked at for ten minutes, and what it said becomes a dump; others meanwhile belong to it', async () => {
  const count = { value: 0 };
  const fake = fleetOf(saved(count));
  const flights = flightsOf(fake);
  flights.note(host, [event('pool tank DEGRADED', 301_000)]);
  flights.note(host, [event('disk sdc failing', 320_000)]);
  await vi.advanceTimersByTimeAsync(599_000);
  expect([fake.looks, count.value]).toEqual([[true], 0]);
  await vi.advanceTimersByTimeAsync(1000);
  await flights.close();
  expect([fake.looks, await flights.list(host.id), await flights.list('another')]).toEqual([
    [true, false],
    [
      {
        ...{ hostId: host.id, path: join(folder, 'dump-1'), failure: null, at: 301_000, from: 1000, to: 901_000 },
        events: ['pool tank DEGRADED', 'disk sdc failing'],
      },
    ],
    [],
  ]);
});

test('the end of Rackside writes what is under way, and a host of which nothing is kept says so', async () => {
  const flights = flightsOf(fleetOf(() => Promise.reject(new FaultError('not_found', 'save', 'Nothing is kept yet.'))));
  flights.note(host, [event('pool tank DEGRADED', 5)]);
  await flights.close();
  expect(await flights.list(host.id)).toEqual([
    {
      ...{ hostId: host.id, path: null, failure: 'Nothing is kept yet.', at: 5, from: 5, to: 5 },
      events: ['pool tank DEGRADED'],
    },
  ]);
});

test('of one host twenty are kept, and none while it is off', async () => {
  const count = { value: 0 };
  const fake = fleetOf(saved(count));
  const [on, off] = [flightsOf(fake), flightsOf(fake, 'off')];
  off.note(host, [event('pool tank DEGRADED', 1)]);
  for (let index = 0; index < 22; index++) {
    on.note(host, [event('pool tank DEGRADED', index)]);
    await on.close();
  }
  const kept = await on.list(host.id);
  expect([kept.length, kept[0]?.at, existsSync(join(folder, 'dump-1')), existsSync(join(folder, 'dump-22'))]).toEqual([
    ...[20, 21, false, true],
  ]);
});
