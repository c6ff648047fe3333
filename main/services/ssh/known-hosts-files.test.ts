import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { judgeHostKey, knownKeyTypes } from '../../domain/policy/host-key-verdict.ts';
import { isAbout, knownHostName, parseKnownHosts } from '../../domain/policy/known-hosts.ts';
import { addKnownHost, fingerprint, hashName, readKnownHosts } from './known-hosts-files.ts';

const directory = mkdtempSync(join(tmpdir(), 'rackside-known-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Keys that are no one's: ssh-keygen checks the form only. */
const key = (letter: string) => {
  const type = 'ssh-ed25519';
  const blob = Buffer.concat([Buffer.from([0, 0, 0, type.length]), Buffer.from(type), Buffer.from([0, 0, 0, 32])]);
  return Buffer.concat([blob, Buffer.alloc(32, letter)]).toString('base64');
};

const text = [
  '# a comment',
  '',
  `plain.example ssh-ed25519 ${key('a')} with a comment`,
  `one.example,two.example,192.0.2.7 ssh-ed25519 ${key('b')}`,
  `[odd.example]:2222 ssh-ed25519 ${key('c')}`,
  `*.wild.example,!not.wild.example ssh-ed25519 ${key('d')}`,
  `h?st.example\tssh-ed25519\t${key('e')}`,
  `UPPER.example ssh-ed25519 ${key('f')}`,
  `@revoked plain.example ssh-ed25519 ${key('g')}`,
  `@cert-authority *.ca.example ssh-ed25519 ${key('h')}`,
  'torn.example ssh-ed25519',
  'old.example 1024 35 123456789',
  `[2001:db8::1]:22,2001:db8::2 ssh-ed25519 ${key('i')}`,
].join('\n');

const names = [
  'plain.example',
  'PLAIN.example',
  'two.example',
  '192.0.2.7',
  'odd.example',
  '[odd.example]:2222',
  '[odd.example]:22',
  'a.wild.example',
  'a.b.wild.example',
  'not.wild.example',
  'wild.example',
  'host.example',
  'hoost.example',
  'upper.example',
  'x.ca.example',
  'torn.example',
  '2001:db8::2',
  'nobody.example',
];

/** The lines that ssh-keygen finds for a name. */
function found(file: string, name: string): number[] {
  const answer = spawnSync('ssh-keygen', ['-F', name, '-f', file], { encoding: 'utf8' }).stdout;
  return [...answer.matchAll(/found: line (\d+)/g)].map((match) => Number(match[1]));
}

const plain = join(directory, 'plain');
writeFileSync(plain, `${text}\n`);
const hashed = join(directory, 'hashed');
// ssh-keygen refuses to hash a file that it cannot read whole.
writeFileSync(hashed, text.replaceAll(/^(torn|old)\b.*\n/gm, '').concat('\n'));
execFileSync('ssh-keygen', ['-q', '-H', '-f', hashed], { stdio: 'ignore' });

test.each([
  ['as written', plain],
  ['hashed by ssh-keygen', hashed],
])('%s: every name is on the lines where ssh-keygen finds it', (_how, file) => {
  const entries = parseKnownHosts(readFileSync(file, 'utf8'), file);
  const ours = (name: string) => entries.filter((entry) => isAbout(entry, name, hashName)).map((entry) => entry.line);
  // ssh asks in lower case; ssh-keygen leaves that to its caller.
  const asked = names.map((name) => name.toLowerCase());
  expect(asked.map((name) => [name, ours(name)])).toEqual(asked.map((name) => [name, found(file, name)]));
});

test('the file is hashed indeed', () => {
  expect(readFileSync(hashed, 'utf8')).toMatch(/^\|1\|/m);
  expect(readFileSync(hashed, 'utf8')).not.toContain('two.example');
});

test('verdicts', async () => {
  const entries = await readKnownHosts([plain, join(directory, 'missing')]);
  const judge = (address: string, port: number, letter: string, keyType = 'ssh-ed25519') => {
    const judged = judgeHostKey(entries, { address, port }, { keyType, key: key(letter) }, hashName);
    return 'entry' in judged ? `${judged.verdict} ${judged.entry.line}` : judged.verdict;
  };
  expect({
    known: judge('plain.example', 22, 'a'),
    another: judge('plain.example', 22, 'z'),
    otherType: judge('plain.example', 22, 'z', 'ssh-rsa'),
    revoked: judge('plain.example', 22, 'g'),
    revokedOnAnyPort: judge('plain.example', 2222, 'g'),
    unknown: judge('nobody.example', 22, 'a'),
    authority: judge('x.ca.example', 22, 'h'),
    port: judge('odd.example', 2222, 'c'),
    bareKeyOnAnotherPort: judge('plain.example', 2222, 'a'),
    otherKeyOnAnotherPort: judge('plain.example', 2222, 'z'),
    portKeyOnTheBareName: judge('odd.example', 22, 'c'),
  }).toEqual({
    known: 'known',
    another: 'changed 3',
    otherType: 'changed 3',
    revoked: 'revoked 9',
    revokedOnAnyPort: 'revoked 9',
    unknown: 'unknown',
    authority: 'unknown',
    port: 'known',
    bareKeyOnAnotherPort: 'known',
    otherKeyOnAnotherPort: 'unknown',
    portKeyOnTheBareName: 'unknown',
  });
  expect(knownKeyTypes(entries, { address: 'Plain.Example', port: 2222 }, hashName)).toEqual(['ssh-ed25519']);
});

test('a fingerprint is what ssh-keygen prints', () => {
  const file = join(directory, 'key.pub');
  writeFileSync(file, `ssh-ed25519 ${key('a')}\n`);
  const printed = execFileSync('ssh-keygen', ['-l', '-f', file], { encoding: 'utf8' }).split(' ')[1];
  expect(fingerprint(key('a'))).toBe(printed);
});

test('our own file is private, keeps its lines, and leaves nothing beside it', () => {
  const file = join(directory, 'own', 'known_hosts');
  const line = (name: string) => ({ name: knownHostName(name, 2222), keyType: 'ssh-ed25519', key: key('a') });
  addKnownHost(file, line('One'));
  addKnownHost(file, line('two'));
  expect(readFileSync(file, 'utf8')).toBe(`[one]:2222 ssh-ed25519 ${key('a')}\n[two]:2222 ssh-ed25519 ${key('a')}\n`);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(directory, 'own'))).toEqual(['known_hosts']);
  expect(found(file, '[two]:2222')).toEqual([2]);
});
