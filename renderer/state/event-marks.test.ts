import { expect, test } from 'vitest';
import type { HealthChange, HealthEvent, Severity } from '../../main/contract/health.ts';
import { eventMarks } from './event-marks.ts';

const span = { from: 1000, to: 2000 };
const event = (at: number, change: HealthChange, severity: Severity) =>
  ({ at, change, finding: { id: `${at}`, severity } }) as HealthEvent;

test('events are marked where they were, and those that would lie over one another are one mark of the worst', () => {
  const events = [
    event(990, 'raised', 'bad'),
    event(1000, 'raised', 'warn'),
    event(1005, 'worsened', 'bad'),
    event(1012, 'cleared', 'bad'),
    event(1013, 'cleared', 'warn'),
    event(2000, 'eased', 'warn'),
    event(2001, 'raised', 'bad'),
  ];
  expect(eventMarks(events, span).map(({ at, tone, events: of }) => [at, tone, of.length])).toEqual([
    [1000, 'bad', 3],
    [1013, 'ok', 1],
    [2000, 'warn', 1],
  ]);
});
