import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeKey } from '../../../e2e/lab/keys.ts';
import { isAbout } from '../../domain/ssh/known-hosts/host-names.ts';
import { fingerprint, hashedName, hashName, maxKnownHostsBytes, readKnownHosts } from './known-hosts-files.ts';

const directory = mkdtempSync(join(tmpdir(), 'rackside-known-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
const key = makeKey(directory, 'key');

test('a fingerprint is what ssh-keygen prints', () => {
  expect(fingerprint(key.publicKey.split(' ')[1] ?? '')).toBe(key.fingerprint);
});

test('a hashed name is found by ssh-keygen and by us', () => {
  const [names, file] = [hashedName('[tank]:2222'), join(directory, 'hashed')];
  writeFileSync(file, `${names} ${key.publicKey}\n`);
  const printed = execFileSync('ssh-keygen', ['-F', '[tank]:2222', '-f', file], { encoding: 'utf8' });
  expect(printed).toContain('found: line 1');
  expect([isAbout({ names }, '[tank]:2222', hashName), isAbout({ names }, 'tank', hashName)]).toEqual([true, false]);
});

test('files in their order; what is missing or no file is empty, what cannot be read is told', async () => {
  const file = join(directory, 'torn');
  writeFileSync(file, `torn\na ${key.publicKey}\nold 1024 35 123456789\nb ${key.publicKey}x\n`);
  const read = await readKnownHosts([join(directory, 'missing'), '/dev/null', file, file, directory]);
  expect([read.entries.map(({ names, line }) => [names, line]), read.broken]).toEqual([
    [['a', 2]],
    [
      { file, line: 1, problem: 'has no key' },
      { file, line: 3, problem: 'has a key of the old protocol' },
      { file, line: 4, problem: 'has a key that cannot be read' },
    ],
  ]);
});

test('a file that changed is read anew', async () => {
  const file = join(directory, 'changing');
  writeFileSync(file, `a ${key.publicKey}\n`);
  await readKnownHosts([file]);
  writeFileSync(file, `b ${key.publicKey}\n`);
  expect((await readKnownHosts([file])).entries.map(({ names }) => names)).toEqual(['b']);
});

test('a file without end is read up to a limit, and says so', async () => {
  const file = join(directory, 'huge');
  writeFileSync(file, `a ${key.publicKey}\n`);
  truncateSync(file, maxKnownHostsBytes * 4);
  const { entries, broken } = await readKnownHosts([file]);
  expect([entries.length, broken]).toEqual([
    1,
    [{ file, line: 2, problem: 'and all after it is not read: the file is too big' }],
  ]);
});
