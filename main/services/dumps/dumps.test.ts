import { appendFile, copyFile, mkdir, mkdtemp, open, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Fault } from '../../contract/faults.ts';
import type { Collector } from '../../domain/collect/collector.ts';
import type { CommandRecord } from '../../domain/collect/record.ts';
import { beginLine, endLine } from '../../domain/collect/round-lines.ts';
import { formatEntry } from '../../domain/dump/format-entry.ts';
import type { Write } from './append-file.ts';
import { openDumpWriter } from './dump-writer.ts';
import { openDump } from './open-dump.ts';
import { readEntries } from './read-entries.ts';
import { recentDumps } from './recent-dumps.ts';

const collectors: Collector[] = [
  {
    id: 'load',
    kind: 'fast',
    about: 'Counts its own rounds.',
    commands: [{ type: 'read', id: 'load', when: 'always', path: '/proc/loadavg', keep: null }],
    awk: null,
    parse: (round) => {
      const state = ((round.previous as number | null) ?? 0) + 1;
      const text = round.records('load')[0]?.stdout.length ?? 'none';
      return { status: 'failed', reason: `round ${state}, ${text} bytes`, state };
    },
  },
];

let folder = '';
let directory = '';
let faults: Fault[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rackside-dumps-'));
  directory = join(folder, 'dump');
  faults = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

let seconds = 0;
function record(command: string, stdout: string, over: Partial<CommandRecord> = {}): CommandRecord {
  seconds += 1;
  return {
    command,
    endedAt: 1.7e12 + seconds * 1000,
    exit: 0,
    error: null,
    durationMs: 0.4,
    stdout: Buffer.from(stdout),
    stderr: new Uint8Array(),
    truncated: false,
    timedOut: false,
    ...over,
  };
}

const boot = 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee\n';
const round = (body: string) => [
  record(beginLine('fast'), `${100 + seconds}.00 1.00\n${boot}`),
  record('cat /proc/loadavg', body, { stderr: Buffer.from('oh\n') }),
  record(endLine('fast'), `${100 + seconds}.10 1.00\n`),
];

const openWriter = (write?: Write) =>
  openDumpWriter({ directory, collectors, onFault: (fault) => faults.push(fault), ...(write && { write }) });

async function write(records: CommandRecord[], how?: Write): Promise<{ entries: number; bytes: number }> {
  const writer = await openWriter(how);
  for (const one of records) writer.push(one);
  await writer.close();
  const { entries, bytes } = writer.stats();
  return { entries, bytes };
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

async function read(path = directory) {
  const dump = await openDump(path, { collectors });
  try {
    const replayed = await all(dump.replay());
    const recorded = await all(dump.recorded());
    const entries = await readEntries(dump.log, [...Array(dump.log.table.count).keys()]);
    return {
      replayed,
      recorded,
      entries,
      notes: [...dump.status().notes],
      reasons: replayed.map((one) => one.data.problems.load?.reason),
    };
  } finally {
    await dump.close();
  }
}

const truncated = async (by: number) => truncate(commandsLog(), (await readFile(commandsLog())).length - by);
const commandsLog = () => join(directory, 'commands.log');
const samplesLog = () => join(directory, 'samples.log');

describe('writing', () => {
  test('what was written is read, in order, with its bytes', async () => {
    const records = [...round('a\n\nb'), ...round('cc')];
    const stats = await write(records);
    const sizes = await Promise.all([readFile(commandsLog()), readFile(samplesLog())]);
    expect(stats).toEqual({ entries: 6, bytes: sizes[0].length + sizes[1].length });
    const { replayed, recorded, reasons, entries, notes } = await read();
    expect({ reasons, notes }).toEqual({ reasons: ['round 1, 4 bytes', 'round 2, 2 bytes'], notes: [] });
    expect(recorded).toEqual(replayed);
    expect(entries.map(({ offset: _, ...entry }) => entry)).toEqual(
      records.map(({ command, endedAt, stdout, stderr }, position) => ({
        ...{ position, at: endedAt, command, commandId: position % 3, exit: 0, error: null, durationMs: 0 },
        ...{ size: stdout.length + stderr.length, stderr: stderr.length, truncated: false, timedOut: false },
        ...{ state: 'sound', kind: 'fast', absent: false },
      })),
    );
    const dump = await openDump(commandsLog());
    const { offset, size } = entries[1] as (typeof entries)[number];
    expect(Buffer.concat(await all(dump.bytes(offset, size))).toString()).toBe('a\n\nboh\n');
    expect(Buffer.concat(await all(dump.bytes(dump.log.size - 2, 100))).toString()).toBe('\n\n');
    await dump.close();
  });

  test('a copy of its commands under a name that desktops know is a dump too, whatever lies beside it', async () => {
    await write([...round('a'), ...round('b')]);
    const whole = await read();
    const copy = join(folder, 'mailed.rackside-dump');
    await copyFile(commandsLog(), copy);
    await writeFile(join(folder, 'samples.log'), 'of something else');
    expect(await read(copy)).toEqual({
      ...whole,
      recorded: [],
      notes: ['samples.log is missing: what the readings were then is computed anew.'],
    });
  });

  test('a dump of ours is continued, and replays as one; a sample that a crash kept out is written', async () => {
    await write(round('a'));
    await write(round('b'));
    await truncate(samplesLog(), (await readFile(samplesLog(), 'utf8')).indexOf('\n=====') + 1);
    await write(round('c'));
    const { replayed, recorded, reasons } = await read();
    expect(reasons).toEqual(['round 1, 1 bytes', 'round 2, 1 bytes', 'round 3, 1 bytes']);
    expect(recorded).toEqual(replayed);
  });

  test.each([
    { name: 'not a dump', spoil: () => writeFile(commandsLog(), 'something else'), reason: 'belong to no entry' },
    { name: 'torn', spoil: () => truncated(3), reason: 'torn' },
    {
      name: 'another product',
      spoil: () => writeFile(samplesLog(), '===== 2026-04-22T20:13:19Z  kind=fast =====\n{"data":{}}\n\n'),
      reason: 'shape',
    },
    { name: 'without samples', spoil: () => rm(samplesLog()), reason: 'samples.log is missing' },
    {
      name: 'computed in another way',
      spoil: async () => writeFile(samplesLog(), (await readFile(samplesLog(), 'utf8')).replace('round 1', 'round 7')),
      reason: 'computed in another way',
    },
  ])('a dump that is $name is not continued', async ({ spoil, reason }) => {
    await write(round('a'));
    await spoil();
    const before = await readFile(commandsLog());
    await expect(openWriter()).rejects.toMatchObject({
      fault: { code: 'bad_input', step: 'record', message: expect.stringContaining(reason) },
    });
    expect(await readFile(commandsLog())).toEqual(before);
  });

  test('a directory that cannot be made is refused at once', async () => {
    await writeFile(directory, 'a file');
    await expect(openWriter()).rejects.toMatchObject({ fault: { code: 'bad_input', step: 'record' } });
  });

  test('two writers never mix in one directory', async () => {
    const writer = await openWriter();
    await expect(openWriter()).rejects.toMatchObject({ fault: { code: 'busy', step: 'record' } });
    await writer.close();
    await (await openWriter()).close();
  });

  test('a disk that fills up in the middle of an entry: recording stops, what is there is read', async () => {
    const records = [...round('a'), ...round('b'), ...round('c')];
    const bytesOf = (some: CommandRecord[]) => Buffer.concat(some.flatMap(formatEntry)).length;
    let room = bytesOf(records.slice(0, 5)) - 4;
    const written = room;
    const full: Write = async (handle, bytes) => {
      if (room === 0) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
      const { bytesWritten } = await handle.write(bytes.subarray(0, room));
      room -= bytesWritten;
      return bytesWritten;
    };
    const stats = await write(records, full);
    expect(faults).toMatchObject([
      { code: 'not_permitted', step: 'record', message: expect.stringContaining('is full') },
    ]);
    const { entries, notes } = await read();
    expect(entries.map(({ state }) => state)).toEqual([...Array(stats.entries).fill('sound'), 'torn']);
    expect({ stats, notes }).toEqual({
      stats: { entries: 4, bytes: written },
      notes: ['1 entry is torn and not replayed.'],
    });
  });

  test('a real full disk', async () => {
    const disk = await open('/dev/full', 'w');
    const stats = await write(round('a'), async (_, bytes) => (await disk.write(bytes)).bytesWritten);
    await disk.close();
    expect({ stats, codes: faults.map(({ code }) => code) }).toEqual({
      stats: { entries: 0, bytes: 0 },
      codes: ['not_permitted'],
    });
  });

  test('a dump that is deleted under the writer', async () => {
    const writer = await openWriter();
    await rm(directory, { recursive: true });
    for (const one of round('a')) writer.push(one);
    await writer.close();
    writer.push(record('too late', ''));
    expect(faults).toMatchObject([{ code: 'not_found', step: 'record' }]);
  });

  test('a disk that hangs costs bounded memory and never a wait', async () => {
    const hang = Promise.withResolvers<number>();
    const writer = await openWriter(() => hang.promise);
    const large = record('large', 'x'.repeat(1 << 20));
    for (let index = 0; index < 200; index++) writer.push(large);
    expect(faults).toMatchObject([{ code: 'busy', message: expect.stringContaining('does not keep up') }]);
    expect(writer.stats()).toMatchObject({ entries: 0, bytes: 0 });
    hang.reject(new Error('gone'));
    await writer.close();
    expect(faults).toHaveLength(1);
  });
});

describe('reading what is damaged', () => {
  beforeEach(async () => {
    await write([...round('a'), ...round('b')]);
  });

  test('a missing samples.log', async () => {
    await rm(samplesLog());
    const { recorded, reasons, notes } = await read();
    expect({ recorded, reasons, notes }).toEqual({
      recorded: [],
      reasons: ['round 1, 1 bytes', 'round 2, 1 bytes'],
      notes: ['samples.log is missing: what the readings were then is computed anew.'],
    });
  });

  test('a torn tail in both files, and NULs', async () => {
    const extra = round('c').slice(0, 2);
    await write(extra);
    await truncated(3);
    await appendFile(samplesLog(), '===== 2026-04-22T20:13:19Z  kind=fast =====\n{"collected_at":');
    expect(await read()).toMatchObject({
      reasons: ['round 1, 1 bytes', 'round 2, 1 bytes'],
      notes: ['1 entry is torn and not replayed.', '1 sample is torn.'],
    });
    await appendFile(commandsLog(), '\0\0\0\0');
    expect((await read()).entries).toHaveLength(8);
  });

  test.each([
    { name: 'a path that is not there', path: () => join(folder, 'no'), code: 'not_found' },
    { name: 'a directory without a dump', path: () => folder, code: 'not_found' },
    { name: 'another file', path: () => join(import.meta.dirname, 'dumps.test.ts'), code: 'bad_input' },
  ])('$name', async ({ path, code }) => {
    await expect(openDump(path())).rejects.toMatchObject({ fault: { code, step: 'open dump' } });
  });
});

test('recent dumps are listed, the newest first', async () => {
  await write(round('a'));
  await mkdir(join(folder, 'empty'));
  expect(await recentDumps(folder)).toMatchObject([{ path: directory, bytes: expect.any(Number) }]);
  expect(await recentDumps(join(folder, 'no'))).toEqual([]);
});
