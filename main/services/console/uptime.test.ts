import { expect, test } from 'vitest';
import { createUptime } from './uptime.ts';

/** Clocks of a computer that does what the test says, in milliseconds. */
function computer() {
  const at = { now: 1_700_000_000_000, monotonicMs: 5_000, uptimeMs: 90_000 };
  let asked = 0;
  const uptime = createUptime({
    now: () => at.now,
    monotonicMs: () => at.monotonicMs,
    uptimeMs: () => {
      asked += 1;
      return at.uptimeMs;
    },
  });
  const pass = (ms: number, clocks = ['now', 'monotonicMs', 'uptimeMs'] as (keyof typeof at)[]) => {
    for (const clock of clocks) at[clock] += ms;
  };
  return { uptime, pass, told: () => [uptime(), asked], at };
}

test('the system is asked once, and again only after a minute', () => {
  const { pass, told } = computer();
  expect(told()).toEqual([90_000, 1]);
  pass(20);
  expect(told()).toEqual([90_020, 1]);
  pass(59_000);
  expect(told()).toEqual([149_020, 1]);
  pass(2_000);
  expect(told()).toEqual([151_020, 2]);
});

test.each<[string, ('now' | 'monotonicMs' | 'uptimeMs')[]]>([
  ['stands still', ['now', 'uptimeMs']],
  ['counts on', ['now', 'monotonicMs', 'uptimeMs']],
])('sleep counts, whether the clock that is never set %s meanwhile', (_, clocks) => {
  const { pass, told, at } = computer();
  told();
  pass(40_000, clocks);
  expect(told()[0]).toBe(at.uptimeMs);
  pass(20);
  expect(told()[0]).toBe(at.uptimeMs);
});

test('a clock that is set, forward or back, changes nothing', () => {
  const { pass, told, at } = computer();
  told();
  for (const ms of [3_600_000, -7_200_000, 50]) {
    pass(ms, ['now']);
    pass(20);
    expect(told()[0]).toBe(at.uptimeMs);
  }
});
