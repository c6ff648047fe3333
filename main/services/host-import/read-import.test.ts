import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../../e2e/lab/connecting.ts';
import { readImport } from './read-import.ts';

async function names(path: string, home: string): Promise<unknown> {
  const { format, hosts, problems } = await readImport({ path }, home);
  return { format, names: hosts.map(({ name }) => name), problems };
}

test('files by their names and by what they hold, below the home too', async () => {
  const home = temporaryDirectory();
  writeFileSync(join(home, 'hosts.yml'), 'all:\n  hosts:\n    a: {ansible_password: !vault x}\n    b:\n');
  writeFileSync(join(home, 'inventory'), '[web]\nc\n');
  expect(await names('~/hosts.yml', home)).toEqual({ format: 'ansible-yaml', names: ['a', 'b'], problems: [] });
  expect(await names(join(home, 'inventory'), home)).toEqual({ format: 'ansible-ini', names: ['c'], problems: [] });
});

test('a text, with the format that is said', async () => {
  const { format, hosts } = await readImport({ text: 'name\na\n', format: 'csv' }, '/');
  expect([format, hosts.map(({ name }) => name)]).toEqual(['csv', ['a']]);
});

test('what cannot be read is told in a sentence', async () => {
  const home = temporaryDirectory();
  writeFileSync(join(home, 'broken.yml'), 'all: [\n');
  writeFileSync(join(home, 'deep.yml'), '['.repeat(100_000));
  writeFileSync(join(home, 'lists.yml'), '- '.repeat(100_000));
  writeFileSync(
    join(home, 'bombs.yml'),
    `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'
      .split('')
      .map((name, n) => `${name}: &${name} [${`*${'abcdefgh'[n]},`.repeat(9)}]\n`)
      .join('')}`,
  );
  writeFileSync(join(home, 'story'), 'Once upon a time\n');
  const fifo = spawnSync('mkfifo', [join(home, 'pipe.csv')]);
  expect(fifo.status).toBe(0);
  const fault = async (path: string) => names(join(home, path), home).catch((error) => error.fault);
  expect(await fault('gone.csv')).toMatchObject({ code: 'not_found', step: 'import' });
  for (const path of ['broken.yml', 'deep.yml', 'lists.yml', 'bombs.yml', 'story', 'pipe.csv', '.']) {
    expect(await fault(path)).toMatchObject({ code: 'bad_input', step: 'import' });
  }
  expect([await fault('deep.yml'), await fault('lists.yml')]).toMatchObject([
    { message: 'This is no YAML: it is nested too deeply.' },
    { message: 'This is no YAML: it is nested too deeply.' },
  ]);
});
