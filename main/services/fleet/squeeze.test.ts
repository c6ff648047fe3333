import { expect, test } from 'vitest';
import type { Sample } from '../../contract/samples.ts';
import { collectors } from '../../domain/collect/collectors/index.ts';
import { commandLine } from '../../domain/collect/command-line.ts';
import type { CommandRecord } from '../../domain/collect/record.ts';
import { beginLine, endLine } from '../../domain/collect/round-lines.ts';
import { Attic, createAttics } from '../../domain/dump/attic.ts';
import { createRecentRounds } from '../../domain/dump/recent-rounds.ts';
import { NewestSample, squeeze } from './squeeze.ts';

const record = (
  command: string,
  endedAt: number,
  stdout: string,
  more: Partial<CommandRecord> = {},
): CommandRecord => ({
  ...{ command, endedAt, exit: 0, error: null, durationMs: 3, truncated: false, timedOut: false },
  ...{ stdout: Buffer.from(stdout), stderr: Buffer.from('') },
  ...more,
});
const [first = '', second = ''] = collectors
  .filter(({ kind }) => kind === 'medium')
  .flatMap(({ commands }) => commands.filter(({ type }) => type === 'run'))
  .map((command) => commandLine(command, ''));
const round = (at: number): CommandRecord[] => [
  record(beginLine('medium'), at, `${at}.00 9.99\n`),
  record(first, at + 1.5, 'Dateisystem — \n', { exit: 1, stderr: Buffer.from([0xff, 0xfe]), truncated: true }),
  record(second, at + 2, '', { exit: null, error: '{:enoent, "df"}', timedOut: true }),
  record(endLine('medium'), at + 3, `${at}.03 9.99\n`),
];

test.each([
  { looks: true, lengths: [undefined, 4, 8, 8] },
  { looks: false, lengths: [undefined, undefined, 4, 8] },
])('rounds that were squeezed tell where numbers come from as they do whole; somebody looks: $looks', (has) => {
  const [whole, squeezed] = [createRecentRounds(), createRecentRounds(createAttics(squeeze))];
  if (has.looks) for (const rounds of [whole, squeezed]) rounds.attend();
  for (const at of [1000, 2000, 3000, 4000]) {
    for (const one of round(at)) {
      whole.push(one);
      squeezed.push(one);
    }
  }
  const told = (rounds: typeof whole) =>
    [1000, 2000, 3000, 4000].map((at) =>
      rounds.sourcesOf('medium', at)?.map(({ round: which, record: { stdout, stderr, ...head } }) => {
        return {
          which,
          ...head,
          stdout: Buffer.from(stdout).toString('hex'),
          stderr: Buffer.from(stderr).toString('hex'),
        };
      }),
    );
  expect(told(squeezed)).toEqual(told(whole));
  expect(told(squeezed).map((sources) => sources?.length)).toEqual(has.lengths);
});

/** A round of a host on which one process ends and one begins in each; command lines are told once. */
function roundOfProcesses(at: number): CommandRecord[] {
  const pids = Array.from({ length: 30 }, (_, index) => at + index);
  const begun = at === 1 ? pids : pids.slice(-1);
  return [
    record(beginLine('fast'), 1000 * at, `${at}.00 9.99\n`),
    ...(at === 1 ? [record('getconf CLK_TCK', 1000 * at, '100\n')] : []),
    record(
      `grep -E '^(Uid|VmRSS):' ${pids.map((pid) => `/proc/${pid}/status`).join(' ')} /dev/null`,
      1000 * at,
      'Uid:',
    ),
    ...begun.map((pid) => record(`head -c 4096 /proc/${pid}/cmdline`, 1000 * at, `worker\0--number=${pid}\0`)),
    record(endLine('fast'), 1000 * at, `${at}.10 9.99\n`),
  ];
}

test('what was told once is told with every later round, squeezed or not, while somebody looks or nobody does', () => {
  const [whole, squeezed] = [createRecentRounds(), createRecentRounds(createAttics(squeeze))];
  const told = (rounds: typeof whole, at: number) =>
    rounds.sourcesOf('fast', 1000 * at)?.map(({ round: which, record: { command, stdout } }) => {
      return [which, command, Buffer.from(stdout).toString()];
    });
  let leave: (() => void)[] = [];
  for (let at = 1; at <= 120; at++) {
    if (at === 40 || at === 90) leave = [whole.attend(), squeezed.attend()];
    if (at === 70) for (const left of leave) left();
    for (const one of roundOfProcesses(at)) {
      whole.push(one);
      squeezed.push(one);
    }
    const sources = told(whole, at);
    expect(told(squeezed, at)).toEqual(sources);
    const pids = sources?.flatMap(([, command]) => /proc.(\d+).cmdline/.exec(command ?? '')?.[1] ?? []) ?? [];
    const missing = Array.from({ length: 30 }, (_, index) => `${at + index}`).filter((pid) => !pids.includes(pid));
    expect(missing).toEqual([]);
  }
});

test('what was told of a round stays what it was when the next one is written over it', () => {
  const rounds = createRecentRounds(createAttics(squeeze));
  const push = (...instants: number[]) => {
    for (const at of instants) for (const one of roundOfProcesses(at)) rounds.push(one);
  };
  push(1, 2);
  const sources = rounds.sourcesOf('fast', 2000) ?? [];
  const texts = () => sources.map(({ record: { stdout } }) => Buffer.from(stdout).toString());
  const before = texts();
  push(3, 4);
  expect(texts()).toEqual(before);
  expect([before.length, rounds.sourcesOf('fast', 2000)]).toEqual([34, null]);
});

test('the newest sample comes back as it was, as often as it is read', () => {
  const newest = new NewestSample(new Attic(squeeze));
  expect(newest.get()).toBeNull();
  for (const count of [200, 3, 2000]) {
    const names = Array.from({ length: count }, (_, index) => `lib-${index}-größer…`);
    const sample = { kind: 'daily', collected_at: 'now', data: { names, unknown: null } } as unknown as Sample;
    newest.set(sample);
    expect([newest.get(), newest.get()]).toEqual([sample, sample]);
  }
});

test('what was squeezed is small, and comes back', () => {
  const bytes = Buffer.from('lib-1 lib-2 '.repeat(1000));
  const packed = squeeze.pack(bytes);
  expect(packed.length).toBeLessThan(bytes.length / 10);
  expect(Buffer.from(squeeze.unpack(packed))).toEqual(bytes);
});
