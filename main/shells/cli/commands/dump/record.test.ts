import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Recording } from '../../../../contract/recordings.ts';
import { parseArguments } from '../../arguments.ts';

/** `rackside dump record` of this machine, as a program of its own. */
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rackside-cli-record-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const cli = new URL('../../index.ts', import.meta.url).pathname;

function run(...args: string[]) {
  const child = spawn(process.execPath, [cli, 'dump', 'record', ...args, '--data-folder', join(folder, 'data')], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', error: '' };
  child.stdout.on('data', (chunk) => {
    said.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    said.error += chunk;
  });
  const ended = once(child, 'close').then(([code]) => ({ code, ...said }));
  return { child, ended };
}

test('a host is recorded for its time, and what there is then is told', async () => {
  const directory = join(folder, 'dump');
  const { code, out, error } = await run('local', '--minutes', '0.1', '--directory', directory, '--json').ended;
  const { entries, bytes, since, until, ...rest } = JSON.parse(out) as Recording;
  expect([code, error, entries > 10, bytes > 1000, until !== null && until > since]).toEqual([0, '', true, true, true]);
  expect(rest).toEqual({ directory, dumps: 1, by: 'command line', fault: null });
}, 60_000);

test('a directory that cannot be written fails, with the step', async () => {
  const { code, error } = await run('local', '--directory', join(cli, 'dump')).ended;
  expect([code, error]).toEqual([1, expect.stringMatching(/^rackside: .*dump is not .*at: record\)\n$/)]);
}, 60_000);

test.each(['ten', '0', '20000', ''])('“%s” minutes are none', (minutes) => {
  expect(() => parseArguments(['dump', 'record', 'local', '--minutes', minutes])).toThrow('is no number of minutes');
});
