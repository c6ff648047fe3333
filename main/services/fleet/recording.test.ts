import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Fault, FaultError } from '../../contract/faults.ts';
import type { Host } from '../../contract/hosts.ts';
import type { Recording } from '../../contract/recordings.ts';
import type { CommandRecord } from '../../domain/collect/record.ts';
import { beginLine, endLine } from '../../domain/collect/round-lines.ts';
import { createRecorder } from './recording.ts';

const host: Host = {
  ...{ id: '00000000-0000-4000-8000-000000000001', name: 'tank / 1', group: null, tags: [], addedAt: 0 },
  target: { transport: 'local' },
};
const record = (command: string): CommandRecord => ({
  ...{ command, endedAt: 0, exit: 0, error: null, durationMs: 0, truncated: false, timedOut: false },
  ...{ stdout: new Uint8Array(10), stderr: new Uint8Array() },
});
const byWindow = { until: null, by: 'window' } as const;

let folder = '';
beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  folder = mkdtempSync(join(tmpdir(), 'rackside-recorder-'));
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

/** A recorder whose dumps are lists of command lines; ten bytes an entry, behind so many that were there before. */
function setUp(options: { maxBytes?: number; head?: number; refuse?: (directory: string) => boolean } = {}) {
  const dumps = new Map<string, string[]>();
  const closed: string[] = [];
  let firsts = 0;
  let fail: (fault: Fault) => void = () => {};
  const recorder = createRecorder({
    open: async (directory, onFault) => {
      if (options.refuse?.(directory)) throw new FaultError('not_permitted', 'record', 'The disk is read-only.');
      const lines: string[] = [];
      mkdirSync(directory);
      dumps.set(directory, lines);
      fail = onFault;
      return {
        push: ({ command }) => lines.push(command),
        stats: () => ({
          entries: lines.length,
          bytes: lines.length * 10,
          size: (options.head ?? 0) + lines.length * 10,
        }),
        idle: async () => {},
        close: async () => void closed.push(directory),
      };
    },
    dumpFolder: folder,
    maxBytes: () => options.maxBytes ?? 1e9,
    now: () => Date.now(),
    onChange: () => {},
    requestFirst: () => {
      firsts += 1;
    },
  });
  const names = () => [...dumps].map(([directory, lines]) => [directory.replace(folder, ''), lines.length]);
  return { recorder, dumps, closed, names, firsts: () => firsts, fail: (fault: Fault) => fail(fault) };
}

const until = (at: number) => ({ until: at, by: 'command line' }) as const;

test('it ends by itself when its time is over, and with all that was taken', async () => {
  const { recorder, closed } = setUp();
  const begun = await recorder.start(host, until(1_060_000));
  const directory = join(folder, 'tank-1-1970-01-01T00-16-40Z');
  const expected: Recording = {
    ...{
      directory,
      dumps: 1,
      since: 1_000_000,
      until: 1_060_000,
      by: 'command line',
      entries: 0,
      bytes: 0,
      fault: null,
    },
  };
  expect(begun).toEqual(expected);
  recorder.push(record('one'));
  await vi.advanceTimersByTimeAsync(59_999);
  expect(recorder.current()).toEqual({ ...expected, entries: 1, bytes: 10 });
  await vi.advanceTimersByTimeAsync(1);
  expect([recorder.current(), closed]).toEqual([null, [directory]]);
  await expect(recorder.stop()).rejects.toMatchObject({ fault: { code: 'not_found' } });
});

test('what comes after its time is not taken, however late the timer is', async () => {
  const { recorder, names } = setUp();
  await recorder.start(host, { ...until(1_060_000), directory: join(folder, 'a') });
  recorder.push(record('in time'));
  vi.setSystemTime(1_060_000);
  recorder.push(record('late'));
  await vi.advanceTimersByTimeAsync(0);
  expect([recorder.current(), names()]).toEqual([null, [['/a', 1]]]);
});

test('who follows it hears of it every second, and how it ended', async () => {
  const { recorder } = setUp();
  await recorder.start(host, until(1_001_500));
  const seen: number[] = [];
  const following = (async () => {
    for await (const { entries } of recorder.follow(new AbortController().signal)) seen.push(entries);
  })();
  recorder.push(record('one'));
  await vi.advanceTimersByTimeAsync(1000);
  recorder.push(record('two'));
  await vi.advanceTimersByTimeAsync(500);
  await following;
  expect(seen).toEqual([0, 1, 2]);
});

test('who follows hears of a fault at its end, and the recording stands until somebody has seen it', async () => {
  const { recorder, names, fail } = setUp();
  await recorder.start(host, { ...until(1_010_000), directory: join(folder, 'a') });
  const fault: Fault = { code: 'not_permitted', step: 'record', message: 'The disk is full.' };
  const seen: (string | null)[] = [];
  const following = (async () => {
    for await (const told of recorder.follow(new AbortController().signal)) seen.push(told.fault?.message ?? null);
  })();
  await vi.advanceTimersByTimeAsync(0);
  fail(fault);
  recorder.push(record('too late'));
  await vi.advanceTimersByTimeAsync(20_000);
  await following;
  expect([seen, names(), recorder.current()?.fault]).toEqual([[null, 'The disk is full.'], [['/a', 0]], fault]);
  expect((await recorder.stop()).fault).toEqual(fault);
  expect((await recorder.start(host, byWindow)).fault).toBeNull();
});

test('two hosts of one name that begin at once get directories of their own', async () => {
  const [one, other] = [setUp(), setUp()];
  const begun = await Promise.all([one, other].map(({ recorder }) => recorder.start(host, { ...byWindow, folder })));
  expect(begun.map(({ directory }) => directory.slice(-6))).toEqual(['16-40Z', '-40Z-2']);
});

test('a path that is not whole is refused', async () => {
  const { recorder, names } = setUp();
  await expect(recorder.start(host, { ...byWindow, folder: '~/dumps' })).rejects.toMatchObject({
    fault: { code: 'bad_input', message: '“~/dumps” is no whole path: begin at the root.' },
  });
  expect(names()).toEqual([]);
});

test('a dump that is full ends behind a round, and the next one begins with a first round', async () => {
  const { recorder, names, closed, firsts } = setUp({ maxBytes: 1040, head: 1000 });
  await recorder.start(host, { ...byWindow, directory: join(folder, 'a') });
  const round = async (kind: 'fast' | 'medium', ...inside: string[]) => {
    for (const line of [beginLine(kind), ...inside, endLine(kind)]) {
      recorder.push(record(line));
      await vi.advanceTimersByTimeAsync(0);
    }
  };
  await round('fast', 'x');
  // Full in the middle of it.
  await round('fast', 'y');
  await round('medium');
  await round('fast', 'z');
  expect([names(), closed.length, firsts()]).toEqual([
    [
      ['/a', 6],
      ['/a-part-2', 5],
      ['/a-part-3', 0],
    ],
    2,
    3,
  ]);
  await round('fast');
  expect(await recorder.stop()).toMatchObject({
    directory: join(folder, 'a-part-3'),
    dumps: 3,
    entries: 13,
    bytes: 130,
  });
  expect([names(), closed.length]).toEqual([
    [
      ['/a', 6],
      ['/a-part-2', 5],
      ['/a-part-3', 2],
    ],
    3,
  ]);
});

test('where rounds overlap for ever, a dump goes a tenth beyond its bound', async () => {
  const { recorder, names } = setUp({ maxBytes: 100 });
  await recorder.start(host, { ...byWindow, directory: join(folder, 'a') });
  recorder.push(record(beginLine('medium')));
  for (let n = 0; n < 15; n++) {
    recorder.push(record('x'));
    await vi.advanceTimersByTimeAsync(0);
  }
  expect(names()).toEqual([
    ['/a', 12],
    ['/a-part-2', 4],
  ]);
});

test('a full dump that cannot go on is a fault, and what it has is whole', async () => {
  const { recorder, names } = setUp({ maxBytes: 10, refuse: (directory) => directory.endsWith('-part-2') });
  await recorder.start(host, { ...byWindow, directory: join(folder, 'a') });
  recorder.push(record('x'));
  await vi.advanceTimersByTimeAsync(0);
  recorder.push(record('not taken'));
  expect([names(), (await recorder.stop()).fault]).toEqual([
    [['/a', 1]],
    {
      code: 'not_permitted',
      step: 'record',
      message:
        'The dump is full, and cannot go on in another: The disk is read-only. Recording stopped; collection goes on.',
    },
  ]);
});

test('nothing is made where nothing is recorded', async () => {
  const { recorder, names } = setUp();
  recorder.push(record('x'));
  await recorder.close();
  expect([names(), readdirSync(folder)]).toEqual([[], []]);
});
