import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { freePort } from './lab/free-port.ts';
import { type Sshd, startSshd } from './lab/sshd.ts';
import { AddHostDialog } from './pages/add-host-dialog.ts';
import { FleetPage } from './pages/fleet-page.ts';
import { HostPage } from './pages/host-page.ts';
import { enterOn, typeInto } from './pages/keyboard.ts';
import { type Session, startSession } from './session.ts';

/** What a technician is told when a host cannot be reached: the step, and a sentence to act on. */
let first: Sshd;
let second: Sshd;
/** Never trusted by anything in this suite. */
let stranger: Sshd;
let session: Session;
let dialog: AddHostDialog;

beforeAll(async () => {
  [first, second, stranger, session] = await Promise.all([
    startSshd({ key: { passphrase: 'correct horse' } }),
    startSshd(),
    startSshd(),
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
  await Promise.all([first, second, stranger].map((sshd) => sshd?.stop()));
});

async function removeAgain(): Promise<void> {
  await enterOn(session.shell.page, dialog.root.getByRole('button', { name: 'Remove' }));
  await dialog.root.waitFor({ state: 'detached' });
}

test('a name that does not resolve', async () => {
  await dialog.connectTo({ address: 'no-such-host.invalid', port: 22, user: 'root', name: 'nowhere' });
  await expect.poll(() => dialog.failure().textContent(), { timeout: 20_000 }).toMatch(/no-such-host\.invalid/);
  await expect.poll(() => dialog.failure().textContent()).toMatch(/Look up the name/);
  await removeAgain();
});

test('a port where nobody listens', async () => {
  const port = await freePort();
  await dialog.connectTo({ address: '127.0.0.1', port, user: 'root', name: 'closed' });
  await expect.poll(() => dialog.failure().textContent(), { timeout: 20_000 }).toMatch(/Open a connection/);
  await removeAgain();
});

test('a key that the host does not take, after which it stops and names what the host offers', async () => {
  await dialog.connectTo({ ...second, name: 'wrong key', keyFile: join(session.home, 'none') });
  await dialog.trust();
  await expect.poll(() => dialog.failure().textContent(), { timeout: 20_000 }).toMatch(/Sign in[\s\S]*publickey/);
  await removeAgain();
});

test('a wrong passphrase is asked for again, the right one connects', async () => {
  await dialog.connectTo({ ...first, name: 'locked key', keyFile: first.identityFile });
  await dialog.trust();
  const { page } = session.shell;
  await typeInto(page, dialog.root.locator('input[type=password]'), 'wrong');
  await page.keyboard.press('Enter');
  await dialog.root.getByText('That was not right').waitFor();
  await typeInto(page, dialog.root.locator('input[type=password]'), 'correct horse');
  await page.keyboard.press('Enter');
  await new HostPage(page).waitFor('locked key');
});

test('a host key that changed is refused with file and line', async () => {
  const folder = join(session.home, '.ssh');
  await mkdir(folder, { recursive: true });
  const other = first.hostKey.publicKey.split(' ').slice(0, 2).join(' ');
  await writeFile(join(folder, 'known_hosts'), `# kept by hand\n[127.0.0.1]:${stranger.port} ${other}\n`);
  await dialog.connectTo({ ...stranger, name: 'changed', keyFile: stranger.identityFile });
  await expect.poll(() => dialog.failure().textContent(), { timeout: 20_000 }).toMatch(/known_hosts[^\n]*2/);
  await expect.poll(() => dialog.failure().textContent()).toContain(stranger.hostKeyFingerprint);
  await removeAgain();
});
