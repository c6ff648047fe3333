import { expect, test } from 'vitest';
import type { Entry } from '../../main/contract/dump-entries.ts';
import { entriesAround, nearestEntry } from './entry-window.ts';
import type { Span } from './range.ts';

function entry(at: number): Entry {
  const head = { command: 'x', commandId: 0, exit: 0, error: null, durationMs: 1, truncated: false, timedOut: false };
  return { ...head, position: at, at, offset: at, size: 0, stderr: 0, state: 'sound', absent: false, kind: null };
}

/** A dump whose rounds of ten commands stand `cadence` seconds apart, read like the console's: oldest first, cut. */
function dump(cadence: number, limit: number) {
  const asked: number[] = [];
  const all = [...Array(400).keys()].map((n) => entry(Math.floor(n / 10) * cadence * 1000 + (n % 10)));
  const ask = async ({ from, to }: Span) => {
    asked.push(to - from);
    const inside = all.filter(({ at }) => at >= from && at < to);
    return { entries: inside.slice(0, limit), more: inside.length > limit };
  };
  return { ask, asked };
}

const roundAt = (entries: readonly Entry[], at: number) => entries.filter((e) => e.at >= at && e.at < at + 10).length;

test('the round at the cursor is whole, whatever the pace', async () => {
  for (const cadence of [2, 30]) {
    const { ask, asked } = dump(cadence, 200);
    const at = 20 * cadence * 1000;
    const listing = await entriesAround(ask, at, cadence);
    expect({ whole: roundAt(listing.entries, at), rounds: listing.entries.length / 10, asked }).toEqual({
      whole: 10,
      rounds: 3,
      asked: [cadence * 3000],
    });
  }
});

test('where an answer is cut, it looks nearer', async () => {
  const { ask, asked } = dump(2, 25);
  const listing = await entriesAround(ask, 40_000, 30);
  expect({ whole: roundAt(listing.entries, 40_000), more: listing.more, aroundMs: listing.aroundMs, asked }).toEqual({
    whole: 10,
    more: false,
    aroundMs: 1406.25,
    asked: [90_000, 45_000, 22_500, 11_250, 5625, 2812.5],
  });
});

test('it gives up looking nearer where one second holds too much', async () => {
  const ask = async () => ({ entries: [entry(1)], more: true });
  expect(await entriesAround(ask, 0, 2)).toEqual({ at: 0, aroundMs: 1000, entries: [entry(1)], more: true });
});

test('the nearest entry', () => {
  expect([nearestEntry([], 5), nearestEntry([entry(1), entry(4), entry(9)], 6)]).toEqual([-1, 1]);
});
