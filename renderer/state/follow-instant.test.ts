import { expect, test } from 'vitest';
import type { SampleAt } from '../../main/contract/history.ts';
import type { Kind, Sample } from '../../main/contract/samples.ts';
import { followInstant, type Instant } from './follow-instant.ts';

const sampleOf = (kind: Kind, at: number): Sample => ({
  kind,
  collected_at: new Date(at).toISOString(),
  data: { clock: { boot_id: null, uptime_seconds: null }, problems: {} },
});

/** Fast rounds each two seconds, medium ones each hundred; the last slow one began at 0. */
function roundAt(kind: Kind, at: number): SampleAt {
  const every = { fast: 2000, medium: 100_000, slow: null, daily: null }[kind];
  if (every === null) return { sample: sampleOf(kind, 0), until: null };
  const began = Math.floor(at / every) * every;
  return { sample: sampleOf(kind, began), until: began + every };
}

function setUp() {
  const asked: string[] = [];
  const told: (Instant | null)[] = [];
  let wanted: number | null = null;
  let turn = Promise.withResolvers<void>();
  const follower = followInstant({
    source: {
      sample: async (kind, at) => {
        asked.push(`${kind} ${at}`);
        return roundAt(kind, at);
      },
      standing: async (at) => {
        asked.push(`standing ${at}`);
        return [];
      },
    },
    wanted: () => wanted,
    tell: (instant) => told.push(instant),
    pause: () => turn.promise,
  });
  return {
    ...{ asked, told, follower },
    move: (at: number | null) => {
      wanted = at;
      follower.look();
    },
    /** Ends the pause, and lets all that was asked be answered. */
    go: async () => {
      turn.resolve();
      turn = Promise.withResolvers<void>();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

const times = (instant: Instant | null | undefined) =>
  instant && [
    instant.at,
    ...[instant.fast, instant.medium, instant.slow].map((one) => Date.parse(one?.collected_at ?? '')),
  ];

test('the sample of each kind at or before the instant; instants in between are skipped, the last one is answered', async () => {
  const { told, move, go } = setUp();
  move(150_001);
  await go();
  move(160_000);
  move(170_001);
  await go();
  move(99_999);
  await go();
  expect(told.map(times)).toEqual([
    [150_001, 150_000, 100_000, 0],
    [170_001, 170_000, 100_000, 0],
    [99_999, 98_000, 0, 0],
  ]);
});

test('what still stands is asked for once, and is told once', async () => {
  const { asked, told, move, go } = setUp();
  move(100_000);
  await go();
  move(101_000);
  await go();
  expect([asked, told.length]).toEqual([
    ['fast 100000', 'medium 100000', 'slow 100000', 'daily 100000', 'standing 100000'],
    1,
  ]);
  expect(told[0]?.slow).toEqual(sampleOf('slow', 0));
});

test('where the cursor is nowhere any more, nothing is shown; nor to who has left', async () => {
  const { told, follower, move, go } = setUp();
  move(100_000);
  await go();
  move(null);
  await go();
  follower.stop();
  move(200_000);
  await go();
  expect(told.map(times)).toEqual([[100_000, 100_000, 100_000, 0], null]);
});
