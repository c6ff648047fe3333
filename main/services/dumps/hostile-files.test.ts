import { execFileSync } from 'node:child_process';
import { chmod, chown, link, mkdir, mkdtemp, open, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Collector } from '../../domain/collect/collector.ts';
import type { CommandRecord } from '../../domain/collect/record.ts';
import { beginLine, endLine } from '../../domain/collect/round-lines.ts';
import { formatEntry } from '../../domain/dump/format-entry.ts';
import { openDumpWriter } from './dump-writer.ts';
import { openDump } from './open-dump.ts';
import { readEntries } from './read-entries.ts';
import { recentDumps } from './recent-dumps.ts';

const known = 'cat /proc/loadavg';
const kilobyte = 1024;
const collectors: Collector[] = [
  {
    id: 'load',
    kind: 'fast',
    about: 'Weighs what it is given.',
    commands: [
      { type: 'read', id: 'load', when: 'always', path: '/proc/loadavg', keep: null },
      { type: 'run', id: 'load.run', when: 'always', line: 'run it', deadlineSeconds: 1, maxBytes: 10 },
    ],
    awk: null,
    parse: (round) => {
      const bytes = round.records('load').reduce((sum, { stdout }) => sum + stdout.length, 0);
      return { status: 'failed', reason: `${round.records('load').length} records, ${bytes} bytes`, state: null };
    },
  },
];

let folder = '';
let directory = '';
let commandsLog = '';
let samplesLog = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rackside-hostile-'));
  directory = join(folder, 'dump');
  commandsLog = join(directory, 'commands.log');
  samplesLog = join(directory, 'samples.log');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const record = (command: string, stdout: string, stderr = ''): CommandRecord => ({
  command,
  endedAt: 1.7e12,
  exit: 0,
  error: null,
  durationMs: 1,
  stdout: Buffer.from(stdout),
  stderr: Buffer.from(stderr),
  truncated: false,
  timedOut: false,
});
const entry = (...args: Parameters<typeof record>) => Buffer.concat(formatEntry(record(...args)));

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

async function write(): Promise<void> {
  const writer = await openDumpWriter({ directory, collectors, onFault: (fault) => expect(fault).toBeNull() });
  for (const one of [record(beginLine('fast'), '1.00 1.00\n'), record(known, 'a'), record(endLine('fast'), '')]) {
    writer.push(one);
  }
  await writer.close();
}

async function replayed(): Promise<unknown[]> {
  const dump = await openDump(directory, { collectors });
  try {
    return (await all(dump.replay())).map(({ data }) => data.problems.load?.reason);
  } finally {
    await dump.close();
  }
}

describe('bodies', () => {
  beforeEach(() => mkdir(directory));

  test('are cut at the limit of the command that their line names; those of no command are left out', async () => {
    await writeFile(
      commandsLog,
      Buffer.concat([
        entry(known, 'a'.repeat(300 * kilobyte), 'e'.repeat(5000)),
        entry('run it', 'b'.repeat(20)),
        entry('run it', 'b'.repeat(10)),
        entry('something else', 'c'),
        entry(beginLine('fast'), 'd'.repeat(2000)),
      ]),
    );
    const dump = await openDump(directory, { collectors });
    const records = await all(dump.records());
    await dump.close();
    expect(
      records.map(({ command, stdout, stderr, truncated }) => [command, stdout.length, stderr.length, truncated]),
    ).toEqual([
      [known, 256 * kilobyte, 4096, true],
      ['run it', 10, 0, true],
      ['run it', 10, 0, false],
      [beginLine('fast'), 1024, 0, true],
    ]);
    expect(Buffer.from(records[0]?.stderr ?? []).toString()).toBe('e'.repeat(4096));
  });

  test('of a small sparse file do not become large', async () => {
    const handle = await open(commandsLog, 'w');
    const size = 64 << 20;
    const head = (command: string) =>
      `===== 2026-04-22T20:13:19Z =====\n$ ${command}\nexit=0  duration=1ms  size=${size}\n\n`;
    let at = 0;
    const put = async (bytes: string | Buffer, then = 0) => {
      await handle.write(Buffer.from(bytes), 0, bytes.length, at);
      at += bytes.length + then;
    };
    await put(entry(beginLine('fast'), '1.00 1.00\n'));
    for (let index = 0; index < 12; index++) {
      await put(head(index % 2 === 0 ? known : 'something else'), size);
      await put('\n\n');
    }
    await put(entry(endLine('fast'), '2.00 1.00\n'));
    const { blocks } = await handle.stat();
    await handle.close();
    expect(blocks * 512).toBeLessThan(200 * kilobyte);
    expect(await replayed()).toEqual([`6 records, ${6 * 256 * kilobyte} bytes`]);
  });
});

describe('many small things', () => {
  let turns = 0;
  let next: NodeJS.Immediate;
  const tick = () => {
    turns += 1;
    next = setImmediate(tick);
  };
  const turnsDuring = async (work: Promise<unknown>) => {
    turns = 0;
    next = setImmediate(tick);
    await work;
    clearImmediate(next);
    return turns;
  };
  beforeEach(() => mkdir(directory));

  test('are read in turns with everybody else', async () => {
    await writeFile(commandsLog, Buffer.concat(Array.from({ length: 4000 }, () => entry('something else', ''))));
    await writeFile(samplesLog, '===== x\n'.repeat(4000));
    const dump = await openDump(directory, { collectors });
    const few = 12;
    expect(await turnsDuring(all(dump.records()))).toBeGreaterThan(few);
    expect(await turnsDuring(all(dump.recorded()))).toBeGreaterThan(few);
    expect(await turnsDuring(readEntries(dump.log, [...Array(4000).keys()]))).toBeGreaterThan(few);
    await dump.close();
  });

  test('a page of entries has no more text than a page can show', async () => {
    const command = `something else\n${'x'.repeat(60_000)}`;
    await writeFile(commandsLog, Buffer.concat(Array.from({ length: 40 }, () => entry(command, ''))));
    const dump = await openDump(directory, { collectors });
    const entries = await readEntries(dump.log, [...Array(40).keys()]);
    await dump.close();
    expect(entries.length).toBe(18);
  });
});

describe('what is no regular file', () => {
  const makers = {
    'a FIFO': async (path: string) => execFileSync('mkfifo', [path]),
    'a directory': (path: string) => mkdir(path),
    'a link to a device': (path: string) => symlink('/dev/zero', path),
  };

  describe.each(['commands.log', 'samples.log'])('%s', (name) => {
    test.each(Object.entries(makers))('%s is refused by its name, at once', async (_, make) => {
      await write();
      const path = join(directory, name);
      await rm(path);
      await make(path);
      const message = expect.stringContaining(path);
      await expect(openDump(directory)).rejects.toMatchObject({ fault: { code: 'bad_input', message } });
      await expect(openDumpWriter({ directory, onFault: () => undefined })).rejects.toMatchObject({
        fault: { code: 'not_permitted', step: 'record', message },
      });
    });
  });

  test('a link to a regular file is read like one', async () => {
    await write();
    await mkdir(join(folder, 'linked'));
    await symlink(commandsLog, join(folder, 'linked', 'commands.log'));
    directory = join(folder, 'linked');
    expect(await replayed()).toEqual(['1 records, 1 bytes']);
  });

  test('recent dumps: no FIFO is waited for, no link is followed', async () => {
    await write();
    for (const name of ['fifo', 'file-link']) await mkdir(join(folder, name));
    execFileSync('mkfifo', [join(folder, 'fifo', 'commands.log')]);
    await symlink(commandsLog, join(folder, 'file-link', 'commands.log'));
    await symlink(directory, join(folder, 'link'));
    const { size } = await stat(commandsLog);
    await rm(samplesLog);
    await symlink('/etc/passwd', samplesLog);
    expect(await recentDumps(folder)).toEqual([
      { path: directory, modifiedAt: expect.any(Number), bytes: size, missing: false },
    ]);
  });
});

describe('a directory that somebody prepared', () => {
  const refused = (path: string, reason: string) =>
    expect(write()).rejects.toMatchObject({
      fault: { code: 'not_permitted', step: 'record', message: expect.stringMatching(`${path}.*${reason}`) },
    });

  test.each([0o770, 0o707, 0o1777])('with the mode %o is not written into', async (mode) => {
    await mkdir(directory);
    await chmod(directory, mode);
    await refused(directory, 'others can write');
  });

  test('of another user is not written into', async () => {
    if (process.getuid?.() === 0) {
      await mkdir(directory);
      await chown(directory, 65534, 65534);
    } else {
      directory = '/';
    }
    await refused(directory, 'belongs to another user');
  });

  test.each(['commands.log', 'samples.log'])('with links in place of %s leads nowhere', async (name) => {
    const elsewhere = join(folder, 'elsewhere');
    await writeFile(elsewhere, 'mine');
    await mkdir(directory);
    await symlink(elsewhere, join(directory, name));
    await refused(join(directory, name), 'not a regular file');
    await rm(join(directory, name));
    await link(elsewhere, join(directory, name));
    await refused(join(directory, name), 'another name');
    expect(await readFile(elsewhere, 'utf8')).toBe('mine');
  });

  test('with files that others can read: they cannot any longer', async () => {
    await write();
    await Promise.all([chmod(commandsLog, 0o644), chmod(samplesLog, 0o666)]);
    await write();
    const modes = await Promise.all([commandsLog, samplesLog].map(async (path) => (await stat(path)).mode & 0o777));
    expect(modes).toEqual([0o600, 0o600]);
    expect(await replayed()).toHaveLength(2);
  });
});
