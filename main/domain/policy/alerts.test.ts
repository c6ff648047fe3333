import { expect, test } from 'vitest';
import type { HealthEvent } from '../../contract/health.ts';
import { type AlertWishes, isAlert } from './alerts.ts';

const finding: HealthEvent['finding'] = {
  ...{ id: 'cpu', severity: 'warn', text: 'CPU 97 % busy', collector: 'cpu', kind: 'fast' },
  ...{ collected_at: '2026-04-22T12:00:00.000Z', path: ['cpu'] },
};
const event = (more: Partial<HealthEvent> = {}): HealthEvent => ({
  ...{ at: 0, change: 'raised', finding, sudden: true },
  ...more,
});
const bad: HealthEvent['finding'] = { ...finding, severity: 'bad' };
const wishes: AlertWishes = { about: 'all', quietFrom: 0, quietUntil: 0 };

test.each<[Partial<HealthEvent>, Partial<AlertWishes>, number, boolean]>([
  [{}, {}, 12, true],
  [{ sudden: false }, {}, 12, false],
  [{ change: 'cleared' }, {}, 12, true],
  [{ change: 'eased' }, {}, 12, false],
  [{}, { about: 'bad' }, 12, false],
  [{ finding: bad }, { about: 'bad' }, 12, true],
  [{ finding: bad }, { about: 'none' }, 12, false],
  // Over midnight, and within a day.
  [{}, { quietFrom: 22, quietUntil: 7 }, 23.5, false],
  [{}, { quietFrom: 22, quietUntil: 7 }, 6.9, false],
  [{}, { quietFrom: 22, quietUntil: 7 }, 7, true],
  [{}, { quietFrom: 12, quietUntil: 13 }, 12, false],
  [{}, { quietFrom: 12, quietUntil: 13 }, 13, true],
])('%j with %j at %d: %s', (changed, wished, hour, told) => {
  expect(isAlert(event(changed), { ...wishes, ...wished }, hour)).toBe(told);
});
