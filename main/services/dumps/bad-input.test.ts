import { mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../../e2e/lab/connecting.ts';
import { formatEntry } from '../../domain/dump/format-entry.ts';
import { openDump } from './open-dump.ts';
import { proxmonCommands } from './proxmon-fixture.ts';

const start = Date.UTC(2026, 3, 22);
const entry = (command: string, body: string | Buffer, seconds = 0) =>
  Buffer.concat(
    formatEntry({
      ...{ command, endedAt: start + seconds * 1000, exit: 0, error: null, durationMs: 1, truncated: false },
      ...{ stdout: Buffer.from(body as string), stderr: Buffer.alloc(0), timedOut: false },
    }),
  );

async function directory(): Promise<string> {
  const path = join(temporaryDirectory(), 'dump');
  await mkdir(path);
  return path;
}

/** What is listed, and what is said of it. */
async function listed(path: string) {
  const dump = await openDump(path);
  const { table, commands } = dump.log;
  const entries = Array.from({ length: table.count }, (_, position) => {
    const { size, state } = table.place(position);
    return `${commands.commands[table.commandOf(position)]?.line} ${size} ${state}`;
  });
  const { notes } = dump.status();
  await dump.close();
  return { entries, notes: notes.filter((note) => !note.startsWith('samples.log')) };
}

async function listedOf(...parts: (Buffer | string)[]) {
  const path = await directory();
  await writeFile(join(path, 'commands.log'), Buffer.concat(parts.map((part) => Buffer.from(part as string))));
  return listed(path);
}

test('a line of 1 GiB, as an output and as damage', async () => {
  const gibibyte = 2 ** 30;
  const head = entry('dd', '').toString().replace('size=0', `size=${gibibyte}`).slice(0, -2);
  for (const [before, entries] of [
    [head, ['uptime 2 sound', `dd ${gibibyte} sound`, 'uptime 2 sound']],
    ['', ['uptime 2 torn', 'uptime 2 sound']],
  ] as const) {
    const path = await directory();
    const file = await open(join(path, 'commands.log'), 'w');
    const first = Buffer.concat([entry('uptime', 'up'), Buffer.from(before)]);
    await file.write(first, 0, first.length, 0);
    const last = Buffer.concat([Buffer.from(before === '' ? '' : '\n\n'), entry('uptime', 'up', 2)]);
    await file.write(last, 0, last.length, first.length + gibibyte);
    await file.close();
    expect((await listed(path)).entries).toEqual(entries);
  }
}, 60_000);

test('time that goes backwards is told, and nothing is moved', async () => {
  const seconds = [5, 3, 4, 1];
  expect(await listedOf(...seconds.map((second) => entry(`echo ${second}`, 'x', second)))).toEqual({
    entries: seconds.map((second) => `echo ${second} 1 sound`),
    notes: ['Time goes backwards in commands.log: entries stand as they were written.'],
  });
});

test('two agents in one file are two that took turns', async () => {
  const [one, two] = [proxmonCommands, entry('cat /proc/loadavg', '0.1 0.2 0.3 1/2 3\n', 90_000)];
  const { entries } = await listedOf(one, two, one, two);
  expect(entries.filter((line) => line.endsWith(' sound'))).toHaveLength(18);
  expect(entries.filter((line) => line.startsWith('cat /proc/loadavg'))).toHaveLength(2);
});

test('a transfer in text mode makes the sizes wrong, and loses nothing', async () => {
  const whole = ['a', 'b', 'c'].map((name) => entry(`echo ${name}`, `${name}\n`.repeat(5))).join('');
  expect((await listedOf(whole.replaceAll('\n', '\r\n'))).entries).toEqual([
    'echo a 15 lying',
    'echo b 15 lying',
    'echo c 15 lying',
  ]);
});

test('bytes that are no UTF-8, in a command and in an output', async () => {
  const broken = Buffer.from(entry('echo ?', Buffer.from([0xff, 0xfe, 0x00, 0x80])));
  broken[broken.indexOf('?')] = 0xff;
  expect((await listedOf(broken, entry('uptime', 'up', 1))).entries).toEqual(['echo \ufffd 4 sound', 'uptime 2 sound']);
});
