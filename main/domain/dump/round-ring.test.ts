import { expect, test } from 'vitest';
import type { Collector } from '../collect/collector.ts';
import { createPipeline } from '../collect/pipeline.ts';
import { type CommandRecord, textOf } from '../collect/record.ts';
import { beginLine, endLine } from '../collect/round-lines.ts';
import { createRoundRing } from './round-ring.ts';

const word = (id: string, prefix: string): Extract<Collector['commands'][number], { type: 'script' }> => ({
  ...{ id, type: 'script', when: 'always', maxBytes: 100 },
  line: (argument) => `${prefix} ${argument}`,
  match: (line) => (line.startsWith(`${prefix} `) ? line.slice(prefix.length + 1) : null),
});

/** What each round's readings are made of, as a sentence: what is told once is kept as state, as collectors do. */
const collectors: Collector[] = [
  {
    id: 'load',
    kind: 'fast',
    about: 'Says what it knows.',
    commands: [
      { type: 'read', id: 'once', when: 'first', path: '/once', keep: null },
      word('list', 'list'),
      { ...word('named', 'named'), lasts: { among: 'list' } },
      { ...word('ever', 'ever'), lasts: 'on' },
    ],
    awk: null,
    parse: (round) => {
      const before = (round.previous ?? {}) as Record<string, string>;
      const told = [...round.records('once'), ...round.records('named')];
      const all = { ...before, ...Object.fromEntries(told.map((record) => [record.command, textOf(record)])) };
      const listed = round.records('list')[0]?.command.split(' ').slice(1) ?? [];
      const known = Object.entries(all).filter(
        ([line]) => !line.startsWith('named') || listed.includes(line.split(' ')[1] ?? ''),
      );
      return {
        status: 'failed',
        reason: known
          .map(([, text]) => text)
          .sort()
          .join(' '),
        state: Object.fromEntries(known),
      };
    },
  },
  {
    id: 'filesystems',
    kind: 'medium',
    about: 'Is there.',
    commands: [{ type: 'read', id: 'disk', when: 'always', path: '/disk', keep: null }],
    awk: null,
    parse: (round) => ({ status: 'failed', reason: round.records('disk').map(textOf).join() }),
  },
];

const boot = 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee\n';
const record = (command: string, text: string, second: number): CommandRecord => ({
  command,
  endedAt: second * 1000,
  exit: 0,
  error: null,
  durationMs: 0,
  stdout: new TextEncoder().encode(text),
  stderr: new Uint8Array(),
  truncated: false,
  timedOut: false,
});

function round(second: number, kind: 'fast' | 'medium', inside: readonly (readonly [string, string])[]) {
  return [
    record(beginLine(kind), `${second}.00 1.00\n${boot}`, second),
    ...inside.map(([command, text]) => record(command, text, second)),
    record(endLine(kind), `${second}.10 1.00\n`, second),
  ];
}

/** Process 7 is named when it comes into the list, at second 0 and again at 4; 9 leaves and is not named again. */
const rounds = [
  round(0, 'fast', [
    ['cat /once', 'once'],
    ['list 7 9', ''],
    ['named 7', 'seven'],
    ['named 9', 'nine'],
  ]),
  round(1, 'medium', [['cat /disk', 'disk']]),
  round(2, 'fast', [['list 9', '']]),
  round(4, 'fast', [
    ['list 7', ''],
    ['named 7', 'SEVEN'],
  ]),
  round(6, 'fast', [
    ['list 7 9', ''],
    ['named 9', 'NINE'],
  ]),
  [record('uptime', 'a person asked', 7)],
  round(8, 'fast', [['list 7 9', '']]),
];

function ringOf(seconds: number, bytes = 1e9) {
  const ring = createRoundRing(collectors);
  for (const one of rounds.flat()) {
    ring.push(one);
    ring.bound(seconds * 1000, bytes);
  }
  return ring;
}

function replay(records: readonly CommandRecord[]) {
  const pipeline = createPipeline(collectors);
  return records.flatMap(pipeline.push).map(({ collected_at, data }) => {
    return `${Date.parse(collected_at) / 1000}: ${Object.values(data.problems).map(({ reason }) => reason)}`;
  });
}

const whole = replay(rounds.flat());

test('all of it is what came, in that order', () => {
  expect(ringOf(1000).records(1e9)).toEqual(rounds.flat());
  expect(whole).toEqual([
    '0: nine once seven',
    '1: disk',
    '2: nine once',
    '4: SEVEN once',
    '6: NINE SEVEN once',
    '8: NINE SEVEN once',
  ]);
});

test.each([0, 1, 2, 4, 7])(
  'what is kept or saved of the last %i seconds replays to what it was, with the newest of each kind',
  (seconds) => {
    const expected = whole.filter((line) => line.startsWith('1:') || 8 - Number.parseInt(line, 10) <= seconds);
    expect(replay(ringOf(seconds).records(1e9))).toEqual(expected);
    expect(replay(ringOf(1000).records(seconds * 1000))).toEqual(expected);
  },
);

test('what a host told before stands in the first round that is kept, at its time', () => {
  const saved = ringOf(2)
    .records(1e9)
    .map(({ command, endedAt }) => `${endedAt / 1000} ${command}`);
  expect(saved).toEqual([
    ...round(1, 'medium', [['cat /disk', '']]).map(({ command }) => `1 ${command}`),
    `6 ${beginLine('fast')}`,
    '6 cat /once',
    '6 named 7',
    '6 list 7 9',
    '6 named 9',
    `6 ${endLine('fast')}`,
    '7 uptime',
    ...round(8, 'fast', [['list 7 9', '']]).map(({ command }) => `8 ${command}`),
  ]);
});

test('beyond its bytes the oldest go, and one of each kind stays however small the bound', () => {
  const ring = ringOf(1000, 1);
  expect([ring.span, ring.dropOldest(), replay(ring.records(1e9))]).toEqual([
    { from: 1000, to: 8000 },
    false,
    ['1: disk', '8: NINE SEVEN once'],
  ]);
  const [all, half] = [ringOf(1000), ringOf(1000, ringOf(1000).bytes / 2)];
  expect(half.bytes).toBeLessThanOrEqual(all.bytes / 2);
  expect(all.dropOldest()).toBe(true);
});

test('a clock that was set back does not keep what is old; a round without its end or its beginning is none', () => {
  const ring = createRoundRing(collectors);
  const [begin, ...rest] = round(100, 'fast', [['list 1', 'x']]);
  for (const one of [...round(5000, 'fast', []), ...rest, begin as CommandRecord, ...round(101, 'fast', [])]) {
    ring.push(one);
    ring.bound(10_000, 1e9);
  }
  expect(replay(ring.records(1e9))).toEqual(['101: ']);
});

test('a host that tells something new for ever is held to a bound', () => {
  const ring = createRoundRing(collectors);
  const sizes = Array.from({ length: 400 }, (_, index) => {
    const second = index + 1001;
    const news = Array.from({ length: 5 }, (_one, n) => [`ever ${second}.${n}`, 'new'] as const);
    for (const one of round(second, 'fast', news)) ring.push(one);
    ring.bound(0, 1e9);
    return ring.bytes;
  });
  expect([sizes[20] === sizes[40], sizes[200] === sizes[399]]).toEqual([false, true]);
});
