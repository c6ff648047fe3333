import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type CaptureFiles, parseCaptures } from './parse-captures.ts';

const folder = mkdtempSync(join(tmpdir(), 'rackside-parse-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const load = file('load', '0.50 0.25 0.10 2/300 4242\n');
const value = { one: 0.5, five: 0.25, fifteen: 0.1, running: 2, tasks: 300 };
const parse = (more: Partial<CaptureFiles>) =>
  parseCaptures({ collector: 'load', os: 'linux', captures: [load], previous: [], elapsedSeconds: 0, ...more });

test.each<[string, string[]]>([
  ['alone', [load]],
  ['with its command', [`cat /proc/loadavg=${load}`]],
  ['in a file whose name holds the sign', [`cat /proc/loadavg=${file('a=b', '0.50 0.25 0.10 2/300 4242\n')}`]],
])('a capture %s', async (_, captures) => {
  expect(await parse({ captures })).toEqual({ status: 'ok', value });
});

test.each<[string, Partial<CaptureFiles>, { code: string; message: string }]>([
  [
    'no such file',
    { captures: ['cat /proc/loadavg=/nowhere/it=is'] },
    { code: 'not_found', message: 'There is no file is.' },
  ],
  [
    'no such command',
    { captures: [`uname=${file('other', 'Linux host\n')}`] },
    { code: 'bad_input', message: expect.stringContaining('uname') },
  ],
  [
    'two without commands',
    { captures: [load, load] },
    { code: 'bad_input', message: "Several captures need their commands: --record 'CMD'=FILE." },
  ],
  [
    'another system',
    { os: 'plan9' },
    { code: 'bad_input', message: 'No collector reads plan9; there are those for linux.' },
  ],
  ['another collector', { collector: 'x' }, { code: 'not_found', message: expect.stringContaining('cpu, memory') }],
])('refused: %s', async (_, more, fault) => {
  await expect(parse(more)).rejects.toMatchObject({ fault });
});
