import { expect, test } from 'vitest';
import type { Connection } from '../../main/contract/hosts.ts';
import { stepOrder, stepStatuses } from './connect-steps.ts';

function outline(connection: Connection, sampled = false): string {
  const statuses = stepStatuses(connection, sampled);
  return stepOrder.map((step) => statuses[step][0]).join('');
}

test('each state stands at its step', () => {
  const fault = { code: 'auth_failed', step: 'authentication', message: '' } as const;
  const question = { kind: 'host_key', id: 'q', keyType: 't', fingerprint: 'f', name: 'n' } as const;
  expect([
    outline({ state: 'connecting', step: 'dns', hop: null, since: 0 }),
    outline({ state: 'connecting', step: 'key exchange', hop: null, since: 0 }),
    outline({ state: 'asking', question, since: 0 }),
    outline({ state: 'stopped', fault, since: 0 }),
    outline({ state: 'waiting', fault: { ...fault, step: 'odd' }, retryAt: 0, since: 0 }),
    outline({ state: 'stopped', fault: null, since: 0 }),
    outline({ state: 'live', by: '', since: 0 }),
    outline({ state: 'live', by: '', since: 0 }, true),
  ]).toEqual(['naaaaaaa', 'ddnaaaaa', 'dddaaaaa', 'ddddfaaa', 'faaaaaaa', 'aaaaaaaa', 'dddddddn', 'dddddddd']);
  expect(stepStatuses({ state: 'asking', question, since: 0 }, false)['host key']).toBe('asks');
});
