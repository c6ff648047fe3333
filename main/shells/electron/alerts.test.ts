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

const ending = new AbortController();
beforeEach(resetElectron);
afterEach(() => ending.abort());

test('an alert is a notification, and a click on it leads to its host', async () => {
  const clicked: (string | null)[] = [];
  const connect = () => {
    const [near, far] = wirePair();
    const handlers = {
      'health.alerts': async function* () {
        yield alert;
        await new Promise(() => {});
      },
    };
    serve(consoleContract, handlers as never, far);
    return near;
  };
  void tellAlerts(connect, ending.signal, (hostId) => clicked.push(hostId));
  await expect.poll(() => seen.told).toEqual([['notification', { title: 'nas: bad', body: 'pool tank DEGRADED' }]]);
  expect(clicked).toEqual([alert.hostId]);
});
