import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchSleep } from './sleep-watch.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

function setUp() {
  let asleepMs = 0;
  let stepMs = 0;
  let wakes = 0;
  const began = Date.now();
  const watch = watchSleep({ now: () => Date.now() + stepMs, uptimeMs: () => Date.now() - began + asleepMs }, () => {
    wakes += 1;
  });
  const sleep = (ms: number): void => {
    asleepMs += ms;
    stepMs += ms;
  };
  const setClock = (ms: number): void => {
    stepMs += ms;
  };
  return { watch, sleep, setClock, wakes: () => wakes };
}

test('a computer that stood still for a minute slept; one that was busy for some seconds did not', async () => {
  const { watch, sleep, wakes } = setUp();
  await vi.advanceTimersByTimeAsync(10_000);
  sleep(8_000);
  await vi.advanceTimersByTimeAsync(2_000);
  expect([watch.sleptSince(0), wakes()]).toEqual([false, 0]);
  sleep(60_000);
  expect(watch.sleptSince(0)).toBe(true);
  await vi.advanceTimersByTimeAsync(2_000);
  expect([watch.sleptSince(1_000_000), watch.sleptSince(1_090_000), wakes()]).toEqual([true, false, 1]);
  watch.close();
});

test('a wall clock that is set is no sleep', async () => {
  const { watch, setClock, wakes } = setUp();
  setClock(3_600_000);
  await vi.advanceTimersByTimeAsync(4_000);
  expect([watch.sleptSince(0), wakes()]).toEqual([false, 0]);
  watch.close();
});

test('a clock that is set after a sleep moves neither the sleep nor what is asked about it', async () => {
  const { watch, sleep, setClock } = setUp();
  await vi.advanceTimersByTimeAsync(4_000);
  sleep(60_000);
  await vi.advanceTimersByTimeAsync(60_000);
  // By the clock as it is set: it woke 58 seconds ago.
  const since = (agoMs: number, setMs: number) => watch.sleptSince(Date.now() + 60_000 + setMs - agoMs);
  const asked = (setMs: number) => [since(30_000, setMs), since(90_000, setMs)];
  const before = asked(0);
  setClock(-3_600_000);
  const back = asked(-3_600_000);
  setClock(7_200_000);
  const ahead = asked(3_600_000);
  expect([before, back, ahead]).toEqual([
    [false, true],
    [false, true],
    [false, true],
  ]);
  watch.close();
});
