import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { track } from '../lab/stopping.ts';

/** A technician who went back to an older Rackside: each shell says so in one sentence, and the file stays as it was. */
const built = join(import.meta.dirname, '..', '..', 'out', 'main');
const standIn = new URL('../shells/electron-stand-in/register.ts', import.meta.url).href;
let folder: string;
let database: string;
let before: Buffer;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rackside-newer-'));
  mkdirSync(join(folder, 'data'), { mode: 0o700 });
  database = join(folder, 'data', 'rackside.db');
  const newer = new DatabaseSync(database);
  newer.exec('create table of_the_future (id integer); pragma user_version = 99');
  newer.close();
  before = readFileSync(database);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** How a built shell ends that is started on the folder, and what it says. */
async function start(...args: string[]): Promise<{ exit: number | null; said: string }> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    env: { ...process.env, HOME: folder, RACKSIDE_DATA: join(folder, 'data') },
    // The stand-in lives as long as the channel to its test.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  track(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      said += chunk;
    });
  }
  const [exit] = (await once(child, 'close')) as [number | null];
  return { exit, said };
}

const sentence =
  /written by a newer Rackside \(schema 99, this one knows \d+\)\. Update Rackside; the file was left as it is\./;

test.each([
  { shell: 'the web shell', args: [join(built, 'web.js'), '--no-open'] },
  { shell: 'the command line', args: [join(built, 'cli.js'), 'hosts'] },
  { shell: 'the desktop shell, in a box', args: ['--import', standIn, join(built, 'electron.js')] },
])('$shell refuses a database of a newer Rackside with a sentence', async ({ args }) => {
  const { exit, said } = await start(...args);
  expect({ exit, lines: said.trimEnd().split('\n').length, said }).toEqual({
    exit: 1,
    lines: 1,
    said: expect.stringMatching(sentence),
  });
  expect(readFileSync(database).equals(before)).toBe(true);
});
