import { expect, test } from 'vitest';
import type { CommandRun } from '../../contract/commands.ts';
import { groupRuns, type NamedRun, runTone, runWord, tookWords } from './run-groups.ts';

function named(name: string, more: Partial<CommandRun> = {}): NamedRun {
  const run: CommandRun = {
    hostId: name,
    state: 'done',
    question: null,
    exit: 0,
    durationMs: 12,
    stdout: 'a\n',
    stderr: '',
    truncated: false,
    digest: 'a',
    fault: null,
  };
  return { name, run: { ...run, ...more } };
}

const lost = { code: 'disconnected', step: 'connect', message: 'It is not connected now.' } as const;
const names = (runs: readonly NamedRun[], order: 'largest' | 'differing') =>
  groupRuns(runs, order).map((group) => group.runs.map(({ name }) => name).join(' '));

test('the same exit and bytes are one group; the largest first, or what differs first', () => {
  const runs = [
    named('web10'),
    named('db1', { exit: 3 }),
    named('web9'),
    // The same text, of other bytes.
    named('web11', { digest: 'b' }),
    named('old1', { state: 'failed', exit: null, fault: lost }),
    named('old2', { state: 'failed', exit: null, fault: lost, durationMs: 4 }),
    named('slow', { state: 'running', exit: null }),
    named('asks', { state: 'asking', exit: null }),
    named('next', { state: 'waiting', exit: null }),
  ];
  expect([names(runs, 'largest'), names(runs, 'differing')]).toEqual([
    ['old1 old2', 'web9 web10', 'db1', 'web11'],
    ['db1', 'web11', 'old1 old2', 'web9 web10'],
  ]);
});

test('a thousand hosts in any order come to the same groups', () => {
  const runs = Array.from({ length: 1000 }, (_, at) => {
    const exit = at % 100 === 7 ? 1 : 0;
    return named(`host${at}`, { exit, digest: at % 50 === 3 ? 'other' : 'a' });
  });
  const groups = groupRuns(runs, 'largest');
  expect(groups.map(({ runs: { length }, run: { exit, digest } }) => [length, exit, digest])).toEqual([
    [970, 0, 'a'],
    [20, 0, 'other'],
    [10, 1, 'a'],
  ]);
  expect(groupRuns([...runs].reverse(), 'largest')).toEqual(groups);
  expect(groups[2]?.runs.map(({ name }) => name)).toEqual(Array.from({ length: 10 }, (_, at) => `host${at * 100 + 7}`));
});

test.each([
  [named('a'), 'exit 0', 'ok'],
  [named('a', { exit: 1 }), 'exit 1', 'bad'],
  [named('a', { exit: 137 }), 'exit 137 (signal 9)', 'bad'],
  [named('a', { exit: 255 }), 'exit 255', 'bad'],
  [named('a', { state: 'failed', exit: null, fault: { ...lost, code: 'not_permitted' } }), 'not permitted', 'bad'],
  [named('a', { state: 'cancelled', exit: null }), 'cancelled', 'warn'],
  [named('a', { state: 'running', exit: null }), 'running', 'quiet'],
] as const)('%#: in words', ({ run }, word, tone) => {
  expect([runWord(run), runTone(run)]).toEqual([word, tone]);
});

test('how long it took', () => {
  expect([
    tookWords([named('a'), named('b')]),
    tookWords([named('a'), named('b', { durationMs: 3100 })]),
    tookWords([named('a', { durationMs: null })]),
  ]).toEqual(['12.0 ms', '12.0 ms to 3.10 s', null]);
});
