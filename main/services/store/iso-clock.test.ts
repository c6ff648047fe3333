import { expect, test } from 'vitest';
import { IsoClock } from './iso-clock.ts';

test('reads what toISOString writes, and nothing else', () => {
  const clock = new IsoClock();
  const times = [0, 59_999, 60_000, 951_782_400_000, Date.UTC(2026, 3, 22, 12, 59, 59, 999), Date.UTC(9999, 0)];
  expect(times.map((ms) => clock.read(new Date(ms).toISOString()))).toEqual(times);
  const others = [
    ...['', '2026-04-22', '2026-04-22T12:00:00Z', '2026-04-22T12:41:40.123456Z', '2026-02-30T12:00:00.000Z'],
    ...['2026-04-22T24:00:00.000Z', '2026-04-22T12:00:60.000Z', '2026-04-22T12:00:0x.000Z', '2026-04-22 12:00:00.000Z'],
    ...['2026-04-22T12:00:00.000+', '2026-13-22T12:00:00.000Z', '2026-04-22T12:00:00.0 0Z'],
  ];
  expect(others.map((text) => clock.read(text))).toEqual(others.map(() => null));
});
