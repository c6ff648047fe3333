import { setTimeout as sleep } from 'node:timers/promises';
import type { Locator, Page } from 'playwright';
import { type Sshd, startSshd } from './lab/sshd.ts';
import { atWork, type Load, startLoad } from './load.ts';
import { AddHostDialog, type HandMadeHost } from './pages/add-host-dialog.ts';
import { FleetPage } from './pages/fleet-page.ts';
import { HostPage } from './pages/host-page.ts';
import { enterOn, tabTo } from './pages/keyboard.ts';
import { Palette } from './pages/palette.ts';
import { ProcessesDialog } from './pages/processes-dialog.ts';
import { hideFocus, type Picture, takePictures } from './pictures.ts';
import { startSession } from './session.ts';

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

/** Twice as close, a few times: the span of the pictures is minutes old. */
async function zoomIn(page: Page): Promise<void> {
  await tabTo(page, page.getByRole('slider', { name: 'CPU chart, time cursor' }));
  for (const key of ['End', '+', '+', '+', 'Escape']) await page.keyboard.press(key);
  await hideFocus(page);
}

/** As far up as the page can bring it. */
function scrollTo(target: Locator): Promise<void> {
  return target.evaluate((element) => element.scrollIntoView({ block: 'center' }));
}

async function askFor(page: Page, host: HandMadeHost): Promise<AddHostDialog> {
  await new FleetPage(page).show();
  const dialog = new AddHostDialog(page);
  await dialog.open();
  await dialog.connectTo(host);
  return dialog;
}

async function trust(page: Page, name: string): Promise<void> {
  await new AddHostDialog(page).trust();
  await new HostPage(page).waitFor(name);
}

function asHost(sshd: Sshd, name: string): HandMadeHost {
  return { ...sshd, name, keyFile: sshd.identityFile };
}

/** A technician's day: every view, of real hosts under a real load. */
export async function takeWorkPictures(): Promise<void> {
  const [tank, backup, session] = await Promise.all([startSshd(), startSshd(), startSession()]);
  const atWorkAll = await Promise.all(services.map((name) => startLoad(name, atWork)));
  const { page } = session.shell;
  const fleet = new FleetPage(page);
  const host = new HostPage(page);
  const processes = new ProcessesDialog(page);
  const palette = new Palette(page);
  let restic: Load | null = null;

  const pictures: readonly Picture[] = [
    { name: 'first-start', show: () => fleet.row('This machine', 'Live').waitFor() },
    {
      name: 'add-host',
      show: async () => (await askFor(page, asHost(tank, 'tank'))).fingerprint(),
      leave: () => trust(page, 'tank'),
    },
    {
      name: 'failure',
      show: async () => {
        await (await askFor(page, asHost(backup, 'backup'))).fingerprint();
        await trust(page, 'backup');
        const dialog = await askFor(page, { address: '127.0.0.1', port: 9, user: 'root', name: 'old-nas' });
        await dialog.root.getByRole('alert').waitFor();
      },
      leave: () => page.keyboard.press('Escape'),
    },
    {
      name: 'host',
      show: async () => {
        await fleet.open('tank');
        await host.record();
        await sleep(historyMs / 2);
        restic = await startLoad('restic-backup');
        await sleep(historyMs / 2);
        await zoomIn(page);
      },
    },
    {
      name: 'host-panels',
      show: () => page.getByRole('region', { name: 'Collecting' }).scrollIntoViewIfNeeded(),
    },
    {
      name: 'host-charts',
      show: () => scrollTo(page.getByRole('slider', { name: 'Cores chart, time cursor' })),
      leave: () => scrollTo(page.getByRole('heading', { level: 1 })),
    },
    {
      name: 'processes',
      show: async () => {
        await host.openProcesses('cpu');
        await processes.rows();
      },
    },
    {
      name: 'process-follow',
      show: async () => {
        await enterOn(page, processes.root.locator('tr.process').first().locator('button'));
        await enterOn(page, processes.root.getByRole('button', { name: 'Follow over time' }));
        await sleep(3000);
      },
      leave: async () => {
        while (await processes.root.isVisible()) await page.keyboard.press('Escape');
      },
    },
    {
      name: 'processes-past',
      show: async () => {
        await restic?.stop();
        await sleep(10_000);
        await host.holdCursorAt(Date.now() - 20_000);
        await host.openHeldProcesses();
        await processes.recordedAt();
      },
      leave: async () => {
        await processes.close();
        await host.stopRecording();
        // What it told is read: it would stand in every picture after this one.
        await page.keyboard.press('t');
        await page.keyboard.press('Escape');
      },
    },
    {
      name: 'palette',
      show: async () => {
        await palette.open();
        await page.keyboard.type('re');
      },
      leave: () => page.keyboard.press('Escape'),
    },
    { name: 'fleet', show: () => fleet.show() },
    { name: 'fleet-grid', show: () => page.keyboard.press('v'), leave: () => page.keyboard.press('v') },
    {
      name: 'undo',
      show: async () => {
        await fleet.open('old-nas');
        await palette.choose('remove', 'Remove the host shown');
        await page.getByText('Dumps stay').waitFor();
      },
      leave: () => page.keyboard.press('z'),
    },
    {
      name: 'keys',
      show: () => palette.choose('All keys', 'All keys'),
      leave: () => page.keyboard.press('Escape'),
    },
    {
      name: 'settings',
      show: async () => {
        await palette.choose('Settings', 'Settings');
        await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
      },
    },
    { name: 'diagnostics', show: () => palette.choose('Diagnostics', 'Diagnostics') },
    {
      name: 'replay',
      show: async () => {
        await enterOn(page, page.getByRole('button', { name: /^Open .*tank/ }));
        await page.getByRole('button', { name: 'Close replay' }).waitFor();
      },
    },
  ];

  try {
    await takePictures(page, pictures);
  } finally {
    await session.close();
    await Promise.all([tank, backup, ...atWorkAll].map((started) => started.stop()));
  }
}
