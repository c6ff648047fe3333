import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright';
import { type Sshd, startSshd } from './lab/sshd.ts';
import { atWork, startLoad } from './load.ts';
import { AddHostDialog } from './pages/add-host-dialog.ts';
import { FleetPage } from './pages/fleet-page.ts';
import { HostPage } from './pages/host-page.ts';
import { enterOn, tabTo } from './pages/keyboard.ts';
import { ProcessesDialog } from './pages/processes-dialog.ts';
import { startSession } from './session.ts';

/**
 * Takes the pictures of docs/screenshots: every view, in both themes, of real hosts under a real load. Run it on a
 * built tree: `npm run screenshots`. It takes some minutes, because a chart of nothing is no picture.
 */
const folder = join(import.meta.dirname, '..', 'docs', 'screenshots');
const historyMs = 60_000;
/** What a host of the pictures has to do, so that they show its work and not that of the machine they are taken on. */
const services = [
  'postgres',
  'nginx',
  'pveproxy',
  'smbd',
  'prometheus',
  'redis-server',
  'kvm',
  'pmxcfs',
  'zed',
  'chronyd',
];

async function picture(page: Page, name: string): Promise<void> {
  await sleep(700);
  for (const theme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    await page.screenshot({ path: join(folder, `${name}-${theme}.png`) });
  }
}

/** Twice as close, a few times: the span of the pictures is minutes old. */
async function zoomIn(page: Page): Promise<void> {
  await tabTo(page, page.getByRole('slider', { name: 'CPU chart, time cursor' }));
  for (const key of ['End', '+', '+', '+', 'Escape']) await page.keyboard.press(key);
  // The mark of the focus is for who works here, not for a picture.
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
}

async function addHost(page: Page, sshd: Sshd, name: string, onFingerprint?: () => Promise<void>): Promise<void> {
  const dialog = new AddHostDialog(page);
  await dialog.open();
  await dialog.connectTo({ ...sshd, name, keyFile: sshd.identityFile });
  await dialog.fingerprint();
  await onFingerprint?.();
  await dialog.trust();
  await new HostPage(page).waitFor(name);
}

await mkdir(folder, { recursive: true });
const [tank, backup, session] = await Promise.all([startSshd(), startSshd(), startSession()]);
const atWorkAll = await Promise.all(services.map((name) => startLoad(name, atWork)));
const { page } = session.shell;
const fleet = new FleetPage(page);
const host = new HostPage(page);
const processes = new ProcessesDialog(page);
try {
  await fleet.row('This machine', 'Live').waitFor();
  await picture(page, 'first-start');
  await addHost(page, tank, 'tank', () => picture(page, 'add-host'));
  await fleet.show();
  await addHost(page, backup, 'backup');
  await fleet.show();
  const dialog = new AddHostDialog(page);
  await dialog.open();
  await dialog.connectTo({ address: '127.0.0.1', port: 9, user: 'root', name: 'old-nas' });
  await dialog.root.getByRole('alert').waitFor();
  await picture(page, 'failure');
  await page.keyboard.press('Escape');

  await fleet.open('tank');
  await host.record();
  await sleep(historyMs / 2);
  const load = await startLoad('restic-backup');
  await sleep(historyMs / 2);
  await zoomIn(page);
  await picture(page, 'host');
  await host.openProcesses('cpu');
  await processes.rows();
  await picture(page, 'processes');
  await processes.close();
  await load.stop();
  await sleep(10_000);
  await host.holdCursorAt(Date.now() - 20_000);
  await host.openHeldProcesses();
  await processes.recordedAt();
  await picture(page, 'processes-past');
  await processes.close();
  await host.stopRecording();
  await fleet.show();
  await picture(page, 'fleet');
  await page.keyboard.press('g');
  await page.keyboard.press('d');
  await picture(page, 'diagnostics');
  await enterOn(page, page.getByRole('button', { name: /^Open .*tank/ }));
  await page.getByRole('button', { name: 'Close replay' }).waitFor();
  await picture(page, 'replay');
} finally {
  await session.close();
  await Promise.all([tank, backup, ...atWorkAll].map((started) => started.stop()));
}
