import { appendFile, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readFully } from './file-window.ts';
import { type LogFile, type LogPart, openLogFile } from './log-file.ts';

let folder = '';
let log: LogFile;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rackside-log-'));
});
afterEach(async () => {
  await log.close();
  await rm(folder, { recursive: true });
});

async function part(name: string, text: string): Promise<LogPart> {
  const path = join(folder, name);
  await writeFile(path, text);
  return { path, handle: await open(path), id: name };
}

async function text(from = 0, length = 100): Promise<string> {
  return (await readFully(log, Buffer.alloc(length), from)).toString();
}

test('files are read as one, also across their ends', async () => {
  log = await openLogFile([await part('a', 'one'), await part('b', ''), await part('c', 'two'), await part('d', '3')]);
  expect([await text(), await text(2, 3), await text(3, 3), await text(6), await text(7), await text(90)]).toEqual([
    ...['onetwo3', 'etw', 'two', '3', '', ''],
  ]);
  expect((await log.stat()).size).toBe(7);
});

test('without a file there is nothing', async () => {
  log = await openLogFile([]);
  expect([await text(), (await log.stat()).size, await log.isAltered()]).toEqual(['', 0, false]);
});

test('only the last grows: what comes behind the end of another is not where it stood', async () => {
  const [first, second] = [await part('a', 'one'), await part('b', 'two')];
  log = await openLogFile([first, second]);
  await appendFile(second.path, '!');
  expect([await text(), (await log.stat()).size, await log.isAltered()]).toEqual(['onetwo!', 7, false]);
  await appendFile(first.path, '?');
  expect([await text(), (await log.stat()).size, await log.isAltered()]).toEqual(['onetwo!', 7, true]);
});

test('a further file comes behind the others as they are then; one in front of them moves all', async () => {
  const [first, second, before] = [await part('b', 'one'), await part('c', 'two'), await part('a', 'zero')];
  log = await openLogFile([first]);
  await appendFile(first.path, '!');
  expect([await log.become([first, second]), await text()]).toEqual([true, 'one!two']);
  expect([await log.become([before, first, second]), await text()]).toEqual([false, 'zeroone!two']);
  expect([await log.become([second]), await text()]).toEqual([false, 'two']);
});
