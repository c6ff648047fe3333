import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSecretKeeper, type Vault } from './secret-keeper.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rackside-secrets-'));
  file = join(folder, 'secrets.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Turns every byte over, and opens only what it sealed itself. */
const vault: Vault = {
  seal: async (secret) => Buffer.from(`sealed ${secret}`).map((byte) => byte ^ 0xff),
  open: async (sealed) => {
    const text = Buffer.from(sealed.map((byte) => byte ^ 0xff)).toString();
    if (!text.startsWith('sealed ')) throw new Error('another keyring');
    return { secret: text.slice('sealed '.length), stale: false };
  },
};

test('without a vault a secret lives in memory and nothing is written', async () => {
  const keeper = await openSecretKeeper({ vault: null, file });
  keeper.keep('password root@tank', 'correct horse');
  expect([keeper.get('password root@tank'), keeper.remembers, readdirSync(folder)]).toEqual([
    'correct horse',
    false,
    [],
  ]);
  const next = await openSecretKeeper({ vault: null, file });
  expect(next.get('password root@tank')).toBeUndefined();
});

test('with a vault it comes back in the next session, and never stands in the file', async () => {
  const keeper = await openSecretKeeper({ vault, file });
  keeper.keep('a', 'correct horse');
  keeper.keep('b', 'battery staple');
  keeper.forget('a');
  await expect.poll(() => Object.keys(JSON.parse(readIfThere()))).toEqual(['b']);
  expect(readFileSync(file, 'utf8')).not.toContain('staple');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  // A write for each change: another may be under way.
  await expect.poll(() => readdirSync(folder)).toEqual(['secrets.json']);
  const next = await openSecretKeeper({ vault, file });
  expect([next.get('a'), next.get('b'), next.remembers]).toEqual([undefined, 'battery staple', true]);
});

test('what an older key sealed is sealed anew', async () => {
  writeFileSync(file, JSON.stringify({ a: Buffer.from('old').toString('base64') }));
  const rotated: Vault = {
    ...vault,
    open: async (sealed) => (String(sealed) === 'old' ? { secret: 'horse', stale: true } : vault.open(sealed)),
  };
  const keeper = await openSecretKeeper({ vault: rotated, file });
  await expect.poll(async () => (await openSecretKeeper({ vault, file })).get('a')).toBe('horse');
  expect(keeper.get('a')).toBe('horse');
});

test.each([
  ['a broken file', 'not JSON'],
  ['a file of another shape', '{"a": 5}'],
  ['what another keyring sealed', `{"a":"${Buffer.from('x').toString('base64')}"}`],
])('%s means to be asked again', async (_what, content) => {
  writeFileSync(file, content);
  const keeper = await openSecretKeeper({ vault, file });
  expect(keeper.get('a')).toBeUndefined();
});

function readIfThere(): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '{}';
  }
}
