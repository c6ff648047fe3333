import { expect, test } from 'vitest';
import { typedInstant } from './typed-instant.ts';

const near = Date.parse('2026-11-21T14:03:22Z');
/** An hour ahead, two in summer. */
const zoneAt = (at: number) => (at > Date.UTC(2026, 2, 29, 1) && at < Date.UTC(2026, 9, 25, 1) ? 120 : 60);

test.each([
  ['14:05', '2026-11-21T13:05:00.000Z'],
  [' 9:05:07 ', '2026-11-21T08:05:07.000Z'],
  ['14:05:06.5', '2026-11-21T13:05:06.500Z'],
  ['14:05Z', '2026-11-21T14:05:00.000Z'],
  ['2026-11-20 01:00', '2026-11-20T00:00:00.000Z'],
  ['2026-11-20', '2026-11-19T23:00:00.000Z'],
  ['2026-11-20T01:02:03Z', '2026-11-20T01:02:03.000Z'],
  ['2026-07-01 12:00', '2026-07-01T10:00:00.000Z'],
  ['2024-01-31T00:00:01', '2024-01-30T23:00:01.000Z'],
])('%j is an instant', (text, expected) => {
  expect(new Date(typedInstant(text, near, zoneAt) ?? 0).toISOString()).toBe(expected);
});

test.each([
  ...['', 'Z', 'now', 'soon', '14', '24:00', '25:00', '12:60', '12:00:61', '1:2:3:4', '14:05 ZZ'],
  ...['2025-02-30 10:00', '2025-13-01 10:00', '2026-11-20x', '2026-11-2010:00'],
])('%j is none', (text) => {
  expect(typedInstant(text, near, zoneAt)).toBeNull();
});
