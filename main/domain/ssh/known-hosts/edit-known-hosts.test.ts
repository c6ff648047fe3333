import { expect, test } from 'vitest';
import { encodeBase64 } from './base64.ts';
import { rotated, withKeys } from './edit-known-hosts.ts';
import type { PublicKey } from './public-key.ts';
import { removeCommand } from './remove-command.ts';
import { wireString } from './wire-reader.ts';

const ascii = (text: string) => new TextEncoder().encode(text);

function ed25519(letter: string): PublicKey {
  const blob = Uint8Array.of(...wireString(ascii('ssh-ed25519')), ...wireString(ascii(letter.repeat(32))));
  return { keyType: 'ssh-ed25519', key: encodeBase64(blob) };
}

const [a, b, c] = [ed25519('a'), ed25519('b'), ed25519('c')];
const hash = (salt: string, name: string) => `${salt}${name}`;
const line = (names: string, { keyType, key }: PublicKey) => `${names} ${keyType} ${key}\n`;

test('keys are added on lines of their own', () => {
  expect([withKeys('', 'h', [a]), withKeys('x', 'h', [a, b]), withKeys('x\n', 'h', [])]).toEqual([
    line('h', a),
    `x\n${line('h', a)}${line('h', b)}`,
    'x\n',
  ]);
});

test.each([
  ['a new key is added', line('h', a), [a, b], line('h', a) + line('h', b)],
  ['an old one goes', line('h', c) + line('h', a), [a, b], line('h', a) + line('h', b)],
  ['nothing is new', line('h', a) + line('h', b), [a, b], line('h', a) + line('h', b)],
  ['the shown key does not stand there', line('h', c), [a, b], line('h', c)],
  ['the shown key is not proved', line('h', a), [b], line('h', a)],
  ['a line for other hosts too stays', line('h,g', c) + line('h', a), [a], line('h,g', c) + line('h', a)],
  ['a pattern stays', line('*', c) + line('h', a), [a], line('*', c) + line('h', a)],
  [
    'other hosts and comments stay',
    `# x\n${line('g', c)}${line('H', c)}${line('h', a)}`,
    [a],
    `# x\n${line('g', c)}${line('h', a)}`,
  ],
  [
    'a marker is for people to change',
    `@revoked ${line('*', c)}${line('h', a)}`,
    [a, b],
    `@revoked ${line('*', c)}${line('h', a)}`,
  ],
])('rotation: %s', (_what, before, proved, after) => {
  const rotation = { name: 'h', shown: a, proved, types: ['ssh-ed25519'], written: 'h' };
  expect(rotated(before, rotation, hash)).toBe(after);
});

test('a key of a type that nobody can prove is not missed', () => {
  const rotation = { name: 'h', shown: a, proved: [a], types: ['ssh-rsa'], written: 'h' };
  expect(rotated(line('h', c) + line('h', a), rotation, hash)).toBe(line('h', c) + line('h', a));
});

test('the command that takes stale lines away, a file at a time', () => {
  const stale = ['/a/known_hosts', '/b c/x', '/a/known_hosts', '/etc/ssh/y'].map((file, index) => ({
    ...{ file, line: index + 3, marker: null, names: 'h' },
    ...a,
  }));
  const about = (file: string) => ({ path: file, isBroken: file.startsWith('/b'), isForeign: file.startsWith('/etc') });
  expect(removeCommand('[h]:2222', stale, about)).toBe(
    "ssh-keygen -R '[h]:2222' -f '/a/known_hosts' && sed -i.old '4d' '/b c/x' && sudo ssh-keygen -R '[h]:2222' -f '/etc/ssh/y'",
  );
});
