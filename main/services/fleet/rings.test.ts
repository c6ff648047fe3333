import { expect, test } from 'vitest';
import type { Host } from '../../contract/hosts.ts';
import type { CommandRecord } from '../../domain/collect/record.ts';
import { beginLine, endLine } from '../../domain/collect/round-lines.ts';
import { createRecentRounds } from '../../domain/dump/recent-rounds.ts';
import type { RingBounds } from '../../domain/policy/capture-bounds.ts';
import type { Source } from '../../domain/provenance/explain-reading.ts';
import { createRings } from './rings.ts';

const host = { name: 'tank' } as Host;
const record = (command: string, second: number, bytes = 0): CommandRecord => ({
  ...{ command, endedAt: second * 1000, exit: 0, error: null, durationMs: 0, truncated: false, timedOut: false },
  ...{ stdout: new Uint8Array(bytes), stderr: new Uint8Array() },
});
const round = (second: number, bytes: number) => [
  record(beginLine('fast'), second),
  record('cat /proc/loadavg', second, bytes),
  record(endLine('fast'), second),
];
const mib = 2 ** 20;
/** What was told once has the time of the round that it is told in again. */
const plain = (sources: Source[] | null) =>
  sources?.map(({ round, record: { command, endedAt } }) => [round, command, round === 'once' ? null : endedAt]);

function setUp(first: Partial<RingBounds> = {}) {
  let bounds: RingBounds = { minutes: 10, bytes: 100 * mib, bytesInAll: 100 * mib, ...first };
  const written = new Map<string, { commands: string[]; idles: number }>();
  let full = false;
  const rings = createRings({
    open: async (directory, onFault) => {
      const dump = { commands: [] as string[], idles: 0 };
      written.set(directory, dump);
      return {
        push: ({ command }) => {
          if (full) onFault({ code: 'not_permitted', step: 'record', message: 'The disk is full.' });
          else dump.commands.push(command);
        },
        stats: () => ({ entries: dump.commands.length, bytes: 7, size: 7 }),
        idle: async () => {
          dump.idles += 1;
        },
        close: async () => {},
      };
    },
    dumpFolder: '/nonexistent',
    bounds: () => bounds,
    now: () => 0,
  });
  return {
    rings,
    written,
    fill: () => {
      full = true;
    },
    become: (next: Partial<RingBounds>) => {
      bounds = { ...bounds, ...next };
      return rings.adjust();
    },
  };
}

test('off, nothing is kept, and why is said; on, the first rounds are asked for; off again, it is gone', async () => {
  const { rings, become } = setUp({ minutes: 0 });
  const ring = rings.open();
  for (const one of round(1, mib)) ring.push(one);
  expect(ring.current()).toBeNull();
  await expect(ring.save(host, 10, {})).rejects.toMatchObject({
    fault: { code: 'not_found', step: 'save', message: expect.stringContaining('recording.ring_minutes') },
  });
  expect([become({ minutes: 10 }), become({ minutes: 20 })]).toEqual([true, false]);
  for (const one of round(2, mib)) ring.push(one);
  expect(ring.current()).toEqual({ from: 2000, to: 2000, bytes: mib + 566 });
  expect([become({ minutes: 0 }), ring.current()]).toEqual([false, null]);
});

test('of every round that is kept, what it was computed from is told as it was while the round was new', () => {
  const { rings } = setUp({ minutes: 1 });
  const ring = rings.open();
  const recent = createRecentRounds();
  recent.attend();
  const whenNew: ReturnType<typeof plain>[] = [];
  for (let second = 0; second < 100; second += 2) {
    const records = round(second, 100);
    if (second === 0) records.splice(1, 0, record('getconf CLK_TCK', second, 3));
    for (const one of records) {
      recent.push(one);
      ring.push(one);
    }
    whenNew.push(plain(recent.sourcesOf('fast', second * 1000)));
  }
  // The oldest one that is kept has none before it any more, and what was told once stands in it.
  const kept = whenNew.slice(21);
  expect(kept).toHaveLength(29);
  expect(kept.map((_, at) => plain(ring.sourcesOf('fast', (21 + at) * 2000)))).toEqual(kept);
  expect([ring.sourcesOf('fast', 18 * 2000), ring.sourcesOf('medium', 40 * 2000)]).toEqual([null, null]);
});

test('all hosts together have a bound: who takes most gives', () => {
  const { rings, become } = setUp({ bytesInAll: 8 * mib });
  const [small, large] = [rings.open(), rings.open()];
  for (const one of round(1, mib)) small.push(one);
  for (let second = 1; second < 10; second++) for (const one of round(second, 2 * mib)) large.push(one);
  const spans = () =>
    [small, large].map((ring) => {
      const current = ring.current();
      return current && [current.from / 1000, current.to / 1000];
    });
  expect(spans()).toEqual([
    [1, 1],
    [7, 9],
  ]);
  become({ bytesInAll: 4 * mib });
  expect(spans()).toEqual([
    [1, 1],
    [9, 9],
  ]);
  large.close();
  for (const one of round(2, 2 * mib)) small.push(one);
  expect(spans()).toEqual([[1, 2], null]);
});

test('the last minutes are written in batches into a directory, and what they are is told', async () => {
  const { rings, written } = setUp();
  const ring = rings.open();
  for (const second of [0, 60, 120]) for (const one of round(second, 3 * mib)) ring.push(one);
  expect(await ring.save(host, 1, { directory: '/somewhere' })).toEqual({
    ...{ directory: '/somewhere', from: 60_000, to: 120_000, entries: 6, bytes: 7 },
  });
  expect(await ring.save(host, 10, {})).toMatchObject({ directory: '/nonexistent/tank-1970-01-01T00-00-00Z' });
  const lines = round(0, 0).map(({ command }) => command);
  expect([...written.values()]).toEqual([
    { commands: [...lines, ...lines], idles: 1 },
    { commands: [...lines, ...lines, ...lines], idles: 1 },
  ]);
});

test('a disk that is full fails the saving, and what is kept stays', async () => {
  const { rings, fill } = setUp();
  const ring = rings.open();
  for (const one of round(1, 10)) ring.push(one);
  fill();
  await expect(ring.save(host, 10, { directory: '/somewhere' })).rejects.toMatchObject({
    fault: { code: 'not_permitted', message: 'The disk is full.' },
  });
  expect(ring.current()).not.toBeNull();
});
