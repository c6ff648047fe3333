import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { resetElectron, seen } from './electron-fixture.ts';

vi.mock('electron', async () => (await import('./electron-fixture.ts')).electron);
const { openSecrets } = await import('./secrets.ts');

beforeEach(resetElectron);
afterEach(() => vi.restoreAllMocks());

async function openOn(platform: NodeJS.Platform, backend: string, keyring: () => Promise<boolean>) {
  vi.spyOn(process, 'platform', 'get').mockReturnValue(platform);
  Object.assign(seen, { backend, keyring });
  return openSecrets();
}

const there = async (): Promise<boolean> => true;
const sealed = "Passwords and passphrases are kept sealed by this system's keyring.";
const inMemory =
  'This desktop has no keyring that Rackside can use (GNOME Keyring or KWallet), so passwords and passphrases are kept in memory only and asked again after a restart.';

test.each(['gnome_libsecret', 'kwallet', 'kwallet5', 'kwallet6'])('%s seals', async (backend) => {
  const { vault, about } = await openOn('linux', backend, there);
  const bytes = (await vault?.seal('x')) ?? new Uint8Array();
  expect([about, Buffer.from(bytes).toString(), await vault?.open(bytes)]).toEqual([
    sealed,
    'sealed x',
    { secret: 'x', stale: true },
  ]);
});

test.each(['basic_text', 'unknown'])(
  '%s protects nothing: memory only, and the technician is told',
  async (backend) => {
    expect(await openOn('linux', backend, there)).toEqual({ vault: null, about: inMemory });
  },
);

test.each([
  ['says that it is not there', async () => false],
  ['fails to answer', () => Promise.reject(new Error('no bus'))],
])('a keyring that %s is none', async (_how, keyring) => {
  expect(await openOn('linux', 'gnome_libsecret', keyring)).toEqual({ vault: null, about: inMemory });
});

test.each(['darwin', 'win32'] as const)('on %s the system has one, and nobody asks which', async (platform) => {
  const { vault, about } = await openOn(platform, 'basic_text', there);
  expect([vault !== null, about]).toEqual([true, sealed]);
});
