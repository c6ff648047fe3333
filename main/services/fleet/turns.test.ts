import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createTurns } from './turns.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

test('many at once go one after the other, with chance between them; one alone goes at once, and none that was taken back', async () => {
  const chances = [0.5, 0, 1, 0.5];
  const turns = createTurns({ spreadMs: 20, uptimeMs: () => Date.now(), random: () => chances.shift() ?? 0.5 });
  const gone: [string, number][] = [];
  const take = (id: string) => turns.take(id, () => gone.push([id, Date.now() - 1_000_000]));
  for (const id of ['a', 'b', 'c', 'd']) take(id);
  turns.cancel('c');
  await vi.advanceTimersByTimeAsync(1000);
  take('e');
  take('f');
  turns.close();
  await vi.advanceTimersByTimeAsync(1000);
  expect(gone).toEqual([
    ['a', 0],
    ['b', 20],
    ['d', 60],
    ['e', 1000],
  ]);
});
