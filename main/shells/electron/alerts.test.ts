import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { consoleContract } from '../../contract/console.ts';
import type { HealthAlert } from '../../contract/health-calls.ts';
import { serve } from '../../contract/rpc/server.ts';
import { wirePair } from '../../contract/rpc/wire.ts';
import { resetElectron, seen } from './electron-fixture.ts';

vi.mock('electron', async () => (await import('./electron-fixture.ts')).electron);
const { tellAlerts } = await import('./alerts.ts');

const alert: HealthAlert = {
  ...{ hostId: '0b8f2a52-6d3e-4c1b-9a55-1f0a5c5f3a10', name: 'nas' },
  event: {
    ...{ at: 0, change: 'raised', sudden: true },
    finding: {
      ...{ id: 'pool/tank/devices', severity: 'bad', text: 'pool tank DEGRADED', collector: 'zfs', kind: 'medium' },
      ...{ collected_at: '2026-04-22T12:00:00.000Z', path: ['zfs'] },
    },
  },
};

let ending: AbortController;
beforeEach(() => {
  resetElectron();
  ending = new AbortController();
});
afterEach(() => ending.abort());

/** What a turn has looked at through a WeakRef lives until the turn ends. */
async function collectGarbage(): Promise<void> {
  await setImmediate();
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

/** A console that says these, and no more. */
function consoleWith(alerts: readonly HealthAlert[]) {
  const handlers = {
    'health.alerts': async function* () {
      yield* alerts;
      await new Promise(() => {});
    },
  };
  return () => {
    const [near, far] = wirePair();
    serve(consoleContract, handlers as never, far);
    return near;
  };
}

test('an alert is a notification, and a click on it leads to its host, however late', async () => {
  const clicked: (string | null)[] = [];
  void tellAlerts(consoleWith([alert]), ending.signal, (hostId) => clicked.push(hostId));
  await expect.poll(() => seen.told).toEqual([['notification', { title: 'nas: bad', body: 'pool tank DEGRADED' }]]);
  await collectGarbage();
  seen.notifications[0]?.deref()?.emit('click');
  expect(clicked).toEqual([alert.hostId]);
});

test('one that was closed is held no longer', async () => {
  void tellAlerts(consoleWith([alert]), ending.signal, () => {});
  await expect.poll(() => seen.notifications.length).toBe(1);
  seen.notifications[0]?.deref()?.emit('close');
  await collectGarbage();
  expect(seen.notifications[0]?.deref()).toBeUndefined();
});
