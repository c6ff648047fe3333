import { execFileSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { makeKey } from '../lab/keys.ts';
import { type Sshd, startSshd } from '../lab/sshd.ts';
import { AddHostDialog } from '../pages/add-host-dialog.ts';
import { FleetPage } from '../pages/fleet-page.ts';
import { HostPage } from '../pages/host-page.ts';
import { enterOn } from '../pages/keyboard.ts';
import { type Session, startSession } from '../session.ts';

/** Keys of hosts that change: by somebody's hand, and by the host's own word. */
let renewed: Sshd;
let several: Sshd;
let session: Session;
let dialog: AddHostDialog;

beforeAll(async () => {
  [renewed, several, session] = await Promise.all([
    startSshd(),
    startSshd({ hostKeys: ['ed25519', 'ecdsa'] }),
    startSession(),
  ]);
  dialog = new AddHostDialog(session.shell.page);
});

beforeEach(async () => {
  await new FleetPage(session.shell.page).show();
  await dialog.open();
});

afterAll(async () => {
  await session?.close();
  await Promise.all([renewed, several].map((sshd) => sshd?.stop()));
});

test('a changed key is refused however often it is tried, until the command that is shown was run', async () => {
  const { page } = session.shell;
  const file = join(session.home, '.ssh', 'known_hosts');
  const name = `[127.0.0.1]:${renewed.port}`;
  const old = makeKey(renewed.directory, 'old');
  await mkdir(join(session.home, '.ssh'), { recursive: true });
  await writeFile(file, `other ${old.publicKey}\n${name} ${old.publicKey}\n`);
  await dialog.connectTo({ ...renewed, name: 'renewed', keyFile: renewed.identityFile });
  await expect.poll(() => dialog.failure().textContent(), { timeout: 20_000 }).toContain(old.fingerprint);
  for (const told of [`${file} line 2`, renewed.hostKeyFingerprint]) {
    expect(await dialog.failure().textContent()).toContain(told);
  }
  const tryAgain = dialog.root.getByRole('button', { name: 'Try again' });
  await enterOn(page, tryAgain);
  await expect.poll(() => dialog.failure().textContent(), { timeout: 20_000 }).toContain(old.fingerprint);
  expect(await dialog.root.getByRole('button', { name: 'Trust' }).count()).toBe(0);

  const command = (await dialog.failure().locator('code').textContent()) ?? '';
  execFileSync('sh', ['-c', command], { stdio: 'ignore' });
  expect(await readFile(file, 'utf8')).toBe(`other ${old.publicKey}\n`);
  await enterOn(page, tryAgain);
  expect(await dialog.fingerprint()).toBe(renewed.hostKeyFingerprint);
  await dialog.trust();
  await new HostPage(page).waitFor('renewed');
  expect(await readFile(file, 'utf8')).toBe(`other ${old.publicKey}\n`);
});

test('the other keys of a host are learned from it, and those that it has no longer are forgotten', async () => {
  const own = join(session.dataFolder, 'known_hosts');
  const name = `[127.0.0.1]:${several.port}`;
  const trusted = `${name} ${several.hostKey.publicKey}`;
  const old = `${name} ${makeKey(several.directory, 'old', { type: 'rsa' }).publicKey}`;
  const before = await readFile(own, 'utf8').catch(() => '');
  await writeFile(own, `${before}${old}\n${trusted}\n`);
  await dialog.connectTo({ ...several, name: 'several', keyFile: several.identityFile });
  await new HostPage(session.shell.page).waitFor('several');
  const types = async () => {
    const lines = (await readFile(own, 'utf8')).split('\n').filter((line) => line.startsWith(`${name} `));
    return lines.map((line) => line.split(' ')[1]);
  };
  await expect.poll(types, { timeout: 20_000 }).toEqual(['ssh-ed25519', 'ecdsa-sha2-nistp256']);
});
