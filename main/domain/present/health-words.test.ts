import { expect, test } from 'vitest';
import type { HealthEvent } from '../../contract/health.ts';
import { alertWords, eventWords, healthWords } from './health-words.ts';

const event: HealthEvent = {
  ...{ at: 0, change: 'raised', sudden: true },
  finding: {
    ...{ id: 'units/failed', severity: 'warn', text: '3 units failed\u202e', collector: 'units', kind: 'medium' },
    ...{ collected_at: '2026-04-22T12:00:00.000Z', path: ['units', 'counts', 'failed'] },
  },
};
const bad: HealthEvent = { ...event, finding: { ...event.finding, severity: 'bad' } };

test('events and counts in words', () => {
  expect({
    events: [event, bad, { ...event, sudden: false }, { ...event, change: 'worsened' as const }].map(eventWords),
    counts: [
      null,
      { bad: 0, warn: 0, first: null },
      { bad: 2, warn: 1, first: 'a' },
      { bad: 0, warn: 3, first: 'a' },
    ].map(healthWords),
  }).toEqual({
    events: ['began', 'began, bad', 'was there', 'got worse'],
    counts: [null, null, '2 bad, 1 to look at', '3 to look at'],
  });
});

test('what the desktop tells holds no unseen character', () => {
  expect([alertWords('n\nas', bad), alertWords('nas', { ...event, change: 'cleared' }).title]).toEqual([
    { title: 'n\\nas: bad', body: '3 units failed\\u202e' },
    'nas: over',
  ]);
});
