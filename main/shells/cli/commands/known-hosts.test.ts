import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { makeKey } from '../../../../e2e/lab/keys.ts';
import { runCli } from '../run-cli.ts';
import { parseHost } from './known-hosts.ts';

test.each([
  ['host', 'host', null],
  ['host:2222', 'host', 2222],
  ['[::1]:2222', '::1', 2222],
  ['[::1]', '::1', null],
  ['::1', '::1', null],
  ['fe80::1%eth0', 'fe80::1%eth0', null],
  ['[10.0.0.1]:22', '10.0.0.1', 22],
])('%s', (text, address, port) => {
  expect(parseHost(text)).toEqual({ address, port });
});

test('one line for scripts, one object for programs, and an exit code', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'rackside-cli-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const [old, now] = [makeKey(directory, 'old'), makeKey(directory, 'now')];
  const file = join(directory, 'known_hosts');
  writeFileSync(file, `torn\n[tank]:2222 ${old.publicKey}\n`);
  const [out, told]: [string[], string[]] = [[], []];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0);
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => told.push(String(text)) > 0);
  onTestFinished(() => void vi.restoreAllMocks());
  const check = async (host: string, key: string[], ...more: string[]) => {
    for (const said of [out, told]) said.length = 0;
    const code = await runCli(['known-hosts', 'check', host, ...key, '-f', file, ...more]);
    return [code, out.join('')];
  };
  const known = await check('TANK:2222', [`${old.publicKey} a comment`]);
  expect([known, told]).toEqual([[0, `known\t${file}:2\n`], [`${file} line 1 has no key.\n`]]);
  expect(await check('[tank]:2222', now.publicKey.split(' '))).toEqual([
    1,
    `changed\t${file}:2\t${old.fingerprint}\t${now.fingerprint}\n`,
  ]);
  expect(await check('tank', [now.publicKey])).toEqual([1, 'unknown\n']);
  const [code, text] = await check('tank:2222', [now.publicKey], '--json');
  expect([code, JSON.parse(String(text))]).toEqual([
    1,
    { verdict: 'changed', file, line: 2, known: old.fingerprint, offered: now.fingerprint, reason: null },
  ]);
  expect([await check('tank', ['ssh-ed25519 AAAA']), await check('tank', [])]).toEqual([
    [1, ''],
    [2, ''],
  ]);
});
