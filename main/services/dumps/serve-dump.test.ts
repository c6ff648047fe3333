import { appendFile, mkdtemp, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EntryFilter } from '../../contract/dump-entries.ts';
import type { SearchProgress } from '../../contract/dump-search.ts';
import type { DumpStatus } from '../../contract/dumps.ts';
import type { CommandRecord } from '../../domain/collect/record.ts';
import { beginLine, endLine } from '../../domain/collect/round-lines.ts';
import { formatEntry } from '../../domain/dump/format-entry.ts';
import { formatSample } from '../../domain/dump/format-sample.ts';
import { type DumpThread, openDumpThread } from './dump-thread.ts';

const hostId = '00000000-0000-4000-8000-000000000000';
const start = Date.UTC(2026, 3, 22, 20, 0, 0);
let folder = '';
let directory = '';
let thread: DumpThread;

const record = (
  seconds: number,
  command: string,
  stdout: string,
  over: Partial<CommandRecord> = {},
): CommandRecord => ({
  ...{ command, endedAt: start + seconds * 1000, exit: 0, error: null, durationMs: seconds % 60 },
  ...{ stdout: Buffer.from(stdout), stderr: new Uint8Array(), truncated: false, timedOut: false },
  ...over,
});

/** Each round: its begin, the load, a pool that fails in every tenth, its end. */
function roundAt(index: number): CommandRecord[] {
  const at = index * 30;
  const failed = index % 10 === 9;
  return [
    record(at, beginLine('fast'), `${100 + at}.00 1.00\n`),
    record(at + 0.1, 'cat /proc/loadavg', `0.${index} 0.10 0.05 1/200 ${index}\n`),
    record(at + 0.2, 'zpool status', failed ? 'cannot open tank\n' : 'ONLINE\nONLINE\n', { exit: failed ? 1 : 0 }),
    record(at + 0.3, endLine('fast'), `${100 + at}.30 1.00\n`),
  ];
}

const sampleAt = (index: number) =>
  formatSample(
    {
      kind: 'fast',
      collected_at: new Date(start + index * 30_000).toISOString(),
      data: { clock: { boot_id: null, uptime_seconds: 100 + index * 30 }, problems: {} },
    },
    start + index * 30_000 + 300,
  );

const bytesOf = (records: CommandRecord[]) => Buffer.concat(records.flatMap(formatEntry));
const rounds = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => roundAt(from + i)).flat();
const samples = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => sampleAt(from + i)).join('');

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rackside-serve-'));
  directory = folder;
  await writeFile(join(directory, 'commands.log'), bytesOf(rounds(0, 50)));
  await writeFile(join(directory, 'samples.log'), samples(0, 50));
  thread = await openDumpThread(directory, null, hostId);
});
afterEach(async () => {
  await thread.close();
  await rm(folder, { recursive: true, force: true });
});

async function status(wanted: (status: DumpStatus) => boolean): Promise<DumpStatus> {
  for await (const one of thread.client['dumps.status']({ hostId })) if (wanted(one)) return one;
  throw new Error('The dump ended first.');
}

async function searched(pattern: string, over: { regex?: boolean; matchCase?: boolean; filter?: EntryFilter } = {}) {
  let last: SearchProgress | null = null;
  const request = { hostId, pattern, regex: false, matchCase: true, ...over };
  for await (const progress of thread.client['dumps.search'](request)) last = progress;
  if (last === null) throw new Error('Nothing was told.');
  return last as SearchProgress;
}

const page = async (filter: EntryFilter, from = 0, limit = 1000) => {
  const { total, entries } = await thread.client['dumps.page']({ hostId, filter, from, limit });
  return { total, positions: entries.map(({ position }) => position) };
};

describe('entries', () => {
  test('what is known of the dump', async () => {
    const { phase, entries, samples, first, last, torn, notes, revision } = await status((s) => s.phase === 'ready');
    expect({ phase, entries, samples, first, last, torn, notes, revision }).toEqual({
      ...{ phase: 'ready', entries: 200, samples: 50, first: start, last: start + 49 * 30_000 + 300 },
      ...{ torn: 0, notes: [], revision: 0 },
    });
  });

  test.each([
    { name: 'a mark', filter: { marks: ['failed'] }, total: 5, first: [38, 78, 118] },
    { name: 'a part of the line, in any case', filter: { command: 'ZPOOL' }, total: 50, first: [2, 6, 10] },
    { name: 'a span', filter: { from: start + 30_000, to: start + 60_000 }, total: 5, first: [4, 5, 6] },
    { name: 'a kind', filter: { kind: 'fast' }, total: 150, first: [0, 1, 3] },
    { name: 'a size', filter: { minSize: 17, command: 'zpool' }, total: 5, first: [38, 78, 118] },
    { name: 'a duration', filter: { minDurationMs: 30 }, total: 100, first: [4, 5, 6] },
    { name: 'an exit, and a command', filter: { exit: 1, commands: [2] }, total: 5, first: [38, 78, 118] },
    {
      name: 'a failure, and another mark',
      filter: { failed: true, marks: ['failed', 'torn'] },
      total: 5,
      first: [38, 78, 118],
    },
    { name: 'a failure, and a mark that none has', filter: { failed: true, marks: ['torn'] }, total: 0, first: [] },
    { name: 'nothing that there is', filter: { commands: [99] }, total: 0, first: [] },
  ] as { name: string; filter: EntryFilter; total: number; first: number[] }[])('that have $name', async (one) => {
    const found = await page(one.filter);
    expect({ total: found.total, first: found.positions.slice(0, 3) }).toEqual({ total: one.total, first: one.first });
    expect((await page(one.filter, Math.max(0, one.total - 1), 5)).positions).toEqual(found.positions.slice(-1));
  });

  test('that read what the host does not have are absent, and no failures', async () => {
    const nothing = record(5000, "grep -E '^(size|c_min) ' /proc/spl/kstat/zfs/arcstats", '', { exit: 2 });
    const denied = record(5001, 'zpool list', '', { exit: 2 });
    await appendFile(join(directory, 'commands.log'), bytesOf([nothing, denied]));
    await status(({ entries }) => entries === 202);
    const { entries } = await thread.client['dumps.page']({ hostId, filter: {}, from: 200, limit: 2 });
    expect(entries.map(({ exit, absent }) => [exit, absent])).toEqual([
      [2, true],
      [2, false],
    ]);
    expect((await page({ marks: ['failed'] })).positions.at(-1)).toBe(201);
  });

  test('are found by time, and one before or after another', async () => {
    const locate = async (filter: EntryFilter, place: Parameters<DumpThread['client']['dumps.locate']>[0]['place']) => {
      const { index, entry } = await thread.client['dumps.locate']({ hostId, filter, place });
      return [index, entry?.position ?? null];
    };
    expect(await locate({}, { at: start + 60_150 })).toEqual([9, 9]);
    expect(await locate({ marks: ['failed'] }, { at: start + 60_000 })).toEqual([null, null]);
    expect(await locate({ marks: ['failed'] }, { after: 38 })).toEqual([1, 78]);
    expect(await locate({ marks: ['failed'] }, { before: 38 })).toEqual([null, null]);
    expect(await locate({ command: 'zpool' }, { before: 38 })).toEqual([8, 34]);
    expect(await locate({ command: 'zpool' }, { position: 38 })).toEqual([9, 38]);
    expect(await locate({ command: 'zpool' }, { position: 37 })).toEqual([null, null]);
  });

  test('by command and over time', async () => {
    const { commands } = await thread.client['dumps.commands']({ hostId, filter: { command: 'zpool' } });
    expect(commands).toEqual([
      {
        ...{ id: 2, command: 'zpool status', runs: 50, failures: 5, meanMs: 15, p95Ms: 30, maxMs: 30 },
        ...{ minSize: 14, meanSize: (45 * 14 + 5 * 17) / 50, maxSize: 17, bytes: 45 * 14 + 5 * 17 },
        ...{ first: start + 200, last: start + 49 * 30_000 + 200 },
      },
    ]);
    const timeline = await thread.client['dumps.timeline']({ hostId, filter: {}, steps: 10 });
    const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
    expect([
      timeline.from,
      timeline.entries.length,
      sum(timeline.entries),
      sum(timeline.failures),
      timeline.gaps,
    ]).toEqual([...[start, 10, 200, 5, []]]);
  });
});

describe('searching', () => {
  test('counts matches and their entries, and a filter shows these', async () => {
    const found = await searched('ONLINE');
    expect([found.hits, found.entries, found.done]).toEqual([90, 45, true]);
    expect((await page({ searchId: found.searchId })).positions.slice(0, 3)).toEqual([2, 6, 10]);
    const { hits } = await thread.client['dumps.hits']({ hostId, searchId: found.searchId, position: 6 });
    const log = await readFile(join(directory, 'commands.log'));
    expect(hits.map(({ offset, length }) => log.toString('latin1', offset, offset + length))).toEqual([
      'ONLINE',
      'ONLINE',
    ]);
  });

  test.each([
    { pattern: 'online', matchCase: true, hits: 0 },
    { pattern: 'online', matchCase: false, hits: 90 },
    { pattern: '^cannot (open|import)', regex: true, hits: 5 },
    { pattern: 'ONLINE', filter: { to: start + 59_000 }, hits: 4 },
    { pattern: '$ zpool', hits: 50 },
  ])('for $pattern', async ({ pattern, hits, ...over }) => {
    expect((await searched(pattern, over)).hits).toBe(hits);
  });

  test('a large dump is looked through as a whole: here, and in a thread from where that ends', async () => {
    const words = 'a line that holds the WORD\n';
    const large = Array.from({ length: 60 }, (_, index) => record(5000 + index, 'x', words.repeat(5000)));
    await appendFile(join(directory, 'commands.log'), bytesOf(large));
    await status(({ entries }) => entries === 260);
    const found = await searched('WORD');
    expect([found.hits, found.entries, found.readBytes]).toEqual([300_000, 60, found.bytes]);
    for (const position of [200, 229, 230, 231, 232, 259]) {
      const { hits } = await thread.client['dumps.hits']({ hostId, searchId: found.searchId, position });
      expect([position, hits.length]).toEqual([position, 1000]);
    }
    expect([(await searched('ONLINE')).hits, (await searched('word', { matchCase: false })).hits]).toEqual([
      90, 300_000,
    ]);
  });

  test('what is no regular expression is told as such', async () => {
    await expect(searched('(', { regex: true })).rejects.toMatchObject({
      fault: { code: 'bad_input', step: 'search', message: 'This is no regular expression: Unterminated group.' },
    });
  });

  test('an expression that would take for ever is left at once', async () => {
    await appendFile(join(directory, 'commands.log'), bytesOf([record(5000, 'x', `${'a'.repeat(5000)}!`)]));
    await status(({ entries }) => entries === 201);
    const abort = new AbortController();
    const request = { hostId, pattern: '(a+)+$', regex: true, matchCase: true };
    const told = thread.client['dumps.search'](request, abort.signal)[Symbol.asyncIterator]();
    await told.next();
    const stuck = told.next();
    abort.abort();
    await expect(stuck).rejects.toMatchObject({ fault: { code: 'cancelled' } });
    expect((await searched('ONLINE')).hits).toBe(90);
  });
});

describe('samples', () => {
  test('are told with what they were computed from, and what entries went into them', async () => {
    const sample = await thread.client['dumps.sample']({ hostId, place: { at: start + 31_000 } });
    expect(Object.keys(sample?.commandsOf ?? {})).toEqual(['load']);
    expect({ head: sample?.head.position, status: sample?.status, entries: sample?.entries }).toEqual({
      ...{ head: 1, status: 'ok', entries: [4, 5, 7] },
    });
    expect(JSON.parse(sample?.previous ?? '').collected_at).toBe('2026-04-22T20:00:00.000Z');
    const of = async (entry: number) =>
      (await thread.client['dumps.sample']({ hostId, place: { entry } }))?.head.position;
    expect([await of(5), await of(0), await of(199)]).toEqual([1, 0, 49]);
  });

  test('that today are computed in another way are told by their paths', async () => {
    const { compared, differences } = await thread.client['dumps.differences']({ hostId });
    expect(compared).toBe(50);
    expect(differences.find(({ path }) => path === 'load')).toMatchObject({
      samples: 50,
      at: start,
      recorded: 'nothing',
    });
  });
});

describe('notes', () => {
  test('stay at their entries when the dump moves and grows', async () => {
    const { note } = await thread.client['dumps.note']({
      hostId,
      id: null,
      place: { position: 38 },
      text: 'the pool broke here',
    });
    await thread.client['dumps.note']({ hostId, id: null, place: { at: start + 1000 }, text: 'the customer called' });
    await thread.close();
    const moved = `${folder}-moved`;
    await rename(directory, moved);
    await appendFile(join(moved, 'commands.log'), bytesOf(rounds(50, 60)));
    directory = folder = moved;
    thread = await openDumpThread(directory, null, hostId);
    const { notes } = await thread.client['dumps.notes']({ hostId });
    expect(notes.map(({ position, at, text, command }) => [position, at, text, command])).toEqual([
      [null, start + 1000, 'the customer called', ''],
      [38, start + 9 * 30_000 + 200, 'the pool broke here', 'zpool status'],
    ]);
    expect((await page({ noted: true })).positions).toEqual([38]);
    const id = note?.id ?? '';
    const gone = await thread.client['dumps.note']({ hostId, id, place: { position: 38 }, text: ' ' });
    expect([gone.note, (await page({ noted: true })).total]).toEqual([null, 0]);
  });
});

describe('a dump that changes while it is open', () => {
  test('grows, also in the middle of an entry', async () => {
    const more = bytesOf(rounds(50, 52));
    await appendFile(join(directory, 'commands.log'), more.subarray(0, -10));
    await status(({ torn }) => torn === 1);
    await appendFile(join(directory, 'commands.log'), more.subarray(-10));
    const { entries, revision } = await status(({ entries, torn }) => entries === 208 && torn === 0);
    expect([entries, revision, (await page({ command: 'zpool' })).total]).toEqual([208, 0, 52]);
  });

  test('ends in the middle of an entry, and is replayed whole all the same', async () => {
    await truncate(join(directory, 'commands.log'), bytesOf(rounds(0, 50)).length - 10);
    await thread.close();
    thread = await openDumpThread(directory, null, hostId);
    for await (const { share } of thread.client['dump.replay']({})) if (share === 1) break;
    const { torn, replayed } = await status((one) => one.replayed === 1);
    expect([torn, replayed]).toEqual([1, 1]);
  });

  test('has samples only, and they grow; nobody says that its commands were removed', async () => {
    await thread.close();
    await rm(join(directory, 'commands.log'));
    thread = await openDumpThread(directory, null, hostId);
    await status(({ phase }) => phase === 'ready');
    await appendFile(join(directory, 'samples.log'), samples(50, 53));
    const { entries, notes } = await status((one) => one.samples === 53);
    expect([entries, notes]).toEqual([
      0,
      ['commands.log is missing or empty: only what was recorded as samples can be shown.'],
    ]);
  });

  test('is cut short, and begins anew', async () => {
    await truncate(join(directory, 'commands.log'), bytesOf(rounds(0, 10)).length);
    const { notes } = await status(({ revision, entries }) => revision === 1 && entries === 40);
    expect(notes).toEqual(['commands.log was cut short while it was open: what is shown is what it holds now.']);
    expect((await page({})).total).toBe(40);
  });

  test('is exchanged for another file: the earlier one stays', async () => {
    await rename(join(directory, 'commands.log'), join(directory, 'earlier.log'));
    await writeFile(join(directory, 'commands.log'), bytesOf(rounds(0, 1)));
    const { notes, entries } = await status((one) => one.notes.length > 0);
    expect([notes, entries]).toEqual([
      ['commands.log was exchanged for another file: what is shown is the earlier one; open the dump again.'],
      200,
    ]);
  });
});
