import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keepHouse } from './housekeeping.ts';
import type { StoreHealth } from './store.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

function setUp() {
  const maintained: number[] = [];
  const problems: (string | null)[] = [];
  const state = { problem: null as string | null, failing: false, overfull: false };
  const house = keepHouse(
    {
      health: async () => {
        if (state.failing) throw new Error('The store has ended.');
        return { problem: state.problem, overfull: state.overfull } as StoreHealth;
      },
      maintain: async (now) => {
        maintained.push(now);
      },
    },
    { now: () => Date.now(), uptimeMs: () => performance.now(), onChange: () => problems.push(house.problem) },
  );
  return { house, maintained, problems, state };
}

test('retention is enforced soon after the start, then every hour, until it is stopped', async () => {
  const { house, maintained } = setUp();
  await vi.advanceTimersByTimeAsync(2 * 3_600_000);
  expect(maintained).toEqual([60_000, 3_600_000, 7_200_000]);
  house.stop();
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(maintained.length).toBe(3);
});

test('retention is enforced before its time where too much room is taken', async () => {
  const { maintained, state } = setUp();
  await vi.advanceTimersByTimeAsync(70_000);
  state.overfull = true;
  await vi.advanceTimersByTimeAsync(10_000);
  state.overfull = false;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(maintained).toEqual([60_000, 80_000]);
});

test('each change of what is wrong is told once', async () => {
  const { problems, state } = setUp();
  await vi.advanceTimersByTimeAsync(30_000);
  state.problem = 'The disk is full.';
  await vi.advanceTimersByTimeAsync(30_000);
  state.failing = true;
  await vi.advanceTimersByTimeAsync(30_000);
  state.failing = false;
  state.problem = null;
  await vi.advanceTimersByTimeAsync(30_000);
  expect(problems).toEqual(['The disk is full.', 'The store has ended.', null]);
});

test('a clock that jumps into the future does not make old what is stored', async () => {
  const { maintained } = setUp();
  await vi.advanceTimersByTimeAsync(60_000);
  vi.setSystemTime(Date.now() + 10 * 365 * 86_400_000);
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(maintained).toEqual([60_000, 3_600_000 + 3_600_000]);
});
