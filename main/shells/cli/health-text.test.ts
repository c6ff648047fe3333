import { expect, test } from 'vitest';
import type { Standing } from '../../contract/health.ts';
import { type HostHealth, healthExit, healthText } from './health-text.ts';

const finding: Standing = {
  ...{ id: 'pool/tank/devices', severity: 'bad', text: 'pool tank DEGRADED: sdc 12 checksum errors' },
  ...{ collector: 'zfs', kind: 'medium', collected_at: '2026-04-22T12:00:00.000Z', path: ['zfs'], since: 0 },
} as const;
const host = (state: HostHealth['state'], more: Partial<HostHealth> = {}): HostHealth => ({
  ...{ host: 'nas', state, findings: [], missing: [], fault: null },
  ...more,
});

test('a host is told with what is wrong with it', () => {
  const findings = [finding, { ...finding, severity: 'warn' as const, text: 'a\u202eb' }];
  expect([
    healthText(host('bad', { findings })),
    healthText(host('ok')),
    healthText(host('ok', { missing: ['medium', 'slow'] })),
    healthText(host('unknown', { fault: 'The name is unknown.' })),
  ]).toEqual([
    'nas:\n  bad   pool tank DEGRADED: sdc 12 checksum errors\n  warn  a\\u202eb\n',
    'nas: nothing is wrong\n',
    'nas: nothing is wrong (no medium and no slow sample came in time)\n',
    'nas: could not be asked: The name is unknown.\n',
  ]);
});

test.each([
  [[], 0],
  [['ok', 'ok'], 0],
  [['ok', 'warn'], 3],
  [['warn', 'unknown'], 1],
  [['unknown', 'bad', 'ok'], 4],
] as const)('%j exits with %i', (states, exit) => {
  expect(healthExit(states.map((state) => host(state)))).toBe(exit);
});
