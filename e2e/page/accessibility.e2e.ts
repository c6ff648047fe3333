import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeDump } from '../lab/write-dump.ts';
import { AddHostDialog } from '../pages/add-host-dialog.ts';
import { violations } from '../pages/axe.ts';
import { DumpPage } from '../pages/dump-page.ts';
import { FleetPage } from '../pages/fleet-page.ts';
import { HostPage } from '../pages/host-page.ts';
import { Palette } from '../pages/palette.ts';
import { ProcessesDialog } from '../pages/processes-dialog.ts';
import { type Session, startSession } from '../session.ts';

/** Every view in every theme, by the rules that a machine can check. */
let session: Session;

beforeAll(async () => {
  session = await startSession();
});
afterAll(() => session?.close());

const looks = [
  { colorScheme: 'dark', contrast: 'no-preference' },
  { colorScheme: 'light', contrast: 'no-preference' },
  { colorScheme: 'dark', contrast: 'more' },
  { colorScheme: 'light', contrast: 'more' },
] as const;

/**
 * All rules in the first look; in the others what a look can change. High contrast is measured in the views that show
 * most of the tokens (`widely`): all have them from one file, and to measure takes seconds for each.
 */
async function inLooks(widely = false, within: readonly string[] = []): Promise<string[]> {
  const { page } = session.shell;
  const found: string[] = [];
  for (const look of widely ? looks : looks.slice(0, 2)) {
    await page.emulateMedia({ ...look, reducedMotion: 'reduce' });
    const broken = await violations(page, { within, rules: look === looks[0] ? undefined : ['color-contrast'] });
    found.push(...broken.map((one) => `${look.colorScheme}, contrast ${look.contrast}: ${one}`));
  }
  return found;
}

test('fleet', async () => {
  await new FleetPage(session.shell.page).row('This machine', 'Live').waitFor();
  expect(await inLooks(true)).toEqual([]);
});

test('adding a host', async () => {
  const dialog = new AddHostDialog(session.shell.page);
  await dialog.open();
  expect(await inLooks()).toEqual([]);
  await session.shell.page.keyboard.press('Escape');
  await dialog.root.waitFor({ state: 'detached' });
});

test.each(['Keys', 'First steps', 'About Rackside'])('%s', async (title) => {
  const { page } = session.shell;
  const palette = new Palette(page);
  await palette.open();
  if (title === 'Keys') expect(await inLooks()).toEqual([]);
  await palette.enter(title === 'Keys' ? 'All keys' : title);
  const dialog = page.getByRole('dialog', { name: title });
  await dialog.waitFor();
  expect(await inLooks()).toEqual([]);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
});

test('host and processes', async () => {
  const { page } = session.shell;
  await new FleetPage(page).open('This machine');
  const host = new HostPage(page);
  await host.waitFor('This machine');
  await host.cpuGauge.waitFor();
  expect(await inLooks(true)).toEqual([]);
  await host.openProcesses('cpu');
  const processes = new ProcessesDialog(page);
  await processes.rows();
  expect(await inLooks()).toEqual([]);
  await processes.close();
}, 120_000);

test.each([
  ['Record the host shown elsewhere, or for another time', 'Record This machine'],
  ['Open a dump that lies on the host shown …', 'Open a dump on a host'],
  ['Edit the host shown', 'Edit host'],
])('%s', async (action, title) => {
  const { page } = session.shell;
  await new Palette(page).choose(action, action);
  const dialog = page.getByRole('dialog', { name: title });
  await dialog.waitFor();
  expect(await inLooks(false, ['[role="dialog"]'])).toEqual([]);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
});

test('diagnostics', async () => {
  const { page } = session.shell;
  await page.keyboard.press('g');
  await page.keyboard.press('d');
  await page.getByRole('heading', { name: 'Diagnostics', level: 1 }).waitFor();
  expect(await inLooks()).toEqual([]);
});

test('commands of a dump', async () => {
  const { page } = session.shell;
  const { path } = await writeDump(join(session.dataFolder, 'dump'), 300);
  await page.keyboard.press('g');
  await page.keyboard.press('f');
  const viewer = new DumpPage(page);
  await viewer.open(path);
  await viewer.search('error');
  await viewer.press('n');
  await viewer.output.locator('mark').first().waitFor();
  expect(await inLooks(true)).toEqual([]);
  await viewer.press('d');
  await page.getByRole('region', { name: 'Difference' }).waitFor();
  expect(await inLooks()).toEqual([]);
  for (const tab of ['Commands', 'Samples'] as const) {
    await viewer.tab(tab);
    if (tab === 'Samples') await page.getByRole('region', { name: 'Values' }).waitFor();
    expect(await inLooks()).toEqual([]);
  }
}, 120_000);

test('a dump as a host', async () => {
  const { page } = session.shell;
  await new DumpPage(page).tab('Entries');
  await new DumpPage(page).press('h');
  await page.getByRole('button', { name: 'Close replay' }).waitFor();
  await page.getByRole('region', { name: /^Commands/ }).waitFor();
  expect(await inLooks()).toEqual([]);
}, 120_000);
