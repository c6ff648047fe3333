import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { clockStore, runClock, setConsoleNow } from './clock.ts';

const start = 1_000_000;
let page: AbortController;
let ticks: number[];
let forget: () => void;

beforeEach(() => {
  vi.useFakeTimers({ now: start });
  page = new AbortController();
  ticks = [];
  forget = clockStore.subscribe(({ now }) => ticks.push(now - start));
});
afterEach(() => {
  page.abort();
  forget();
  vi.useRealTimers();
});

/** The console, whose clock is this page's, has news after that many milliseconds. */
function newsAfter(ms: number): void {
  vi.advanceTimersByTime(ms);
  setConsoleNow(Date.now());
}

test('without news the clock moves every second', () => {
  runClock(page.signal);
  vi.advanceTimersByTime(3500);
  expect(ticks).toEqual([0, 1000, 2000, 3000]);
});

test('news that comes every second, early or late, takes the tick along', () => {
  runClock(page.signal);
  for (const ms of [400, 1000, 1050, 950, 1200]) newsAfter(ms);
  expect(ticks).toEqual([0, 400, 1400, 2450, 3400, 4600]);
});

test('news that comes more often moves it no more often', () => {
  runClock(page.signal);
  for (let turn = 0; turn < 12; turn += 1) newsAfter(250);
  expect(ticks).toEqual([0, 250, 1250, 2250]);
});

test('when the news ends, the seconds go on', () => {
  runClock(page.signal);
  newsAfter(500);
  vi.advanceTimersByTime(3000);
  expect(ticks).toEqual([0, 500, 1750, 2750]);
});

test('it takes the word of the console, and ends with its page', () => {
  runClock(page.signal);
  vi.advanceTimersByTime(500);
  setConsoleNow(start + 60_000);
  vi.advanceTimersByTime(1250);
  page.abort();
  vi.advanceTimersByTime(5000);
  setConsoleNow(Date.now());
  expect(ticks).toEqual([0, 60_000, 61_250]);
});
