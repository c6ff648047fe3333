import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AddHostDialog } from '../pages/add-host-dialog.ts';
import { violations } from '../pages/axe.ts';
import { FleetPage } from '../pages/fleet-page.ts';
import { enterOn, tabTo, typeInto } from '../pages/keyboard.ts';
import { type Session, startSession } from '../session.ts';

/** Hosts that nothing answers for: they are read, chosen and added, and that is all. */
let session: Session;

const page = () => session.shell.page;

beforeAll(async () => {
  session = await startSession();
  await mkdir(session.home, { recursive: true });
  await writeFile(
    join(session.home, 'inventory.ini'),
    '[web]\nweb[01:01] ansible_host=127.0.0.1 ansible_port=9\nweb02 ansible_host=127.0.0.2 ansible_port=9\n[db]\ndb1 ansible_host=127.0.0.1 ansible_port=9 ansible_user=pg\nfar ansible_connection=winrm\n',
  );
  await new FleetPage(page()).row('This machine', 'Live').waitFor();
});
afterAll(() => session?.close());

async function find(path: string): Promise<AddHostDialog> {
  const dialog = new AddHostDialog(page());
  await dialog.open();
  await enterOn(page(), dialog.root.getByRole('tab').first());
  await page().keyboard.press('End');
  await typeInto(page(), dialog.root.getByRole('textbox', { name: 'File' }), path);
  await page().keyboard.press('Enter');
  return dialog;
}

test('a file that is not there is told, and the dialog stays', async () => {
  const dialog = await find('~/gone.ini');
  await dialog.root.getByRole('alert').filter({ hasText: 'There is no file' }).waitFor();
  await page().keyboard.press('Escape');
  await dialog.root.waitFor({ state: 'detached' });
});

test('hosts of an inventory are chosen and added in one go, with their groups', async () => {
  const dialog = await find('~/inventory.ini');
  await dialog.root.getByText('“far” is reached by “winrm”, which is not SSH: left out.').waitFor();
  await dialog.root.getByRole('button', { name: 'Add 3 hosts' }).waitFor();
  await tabTo(page(), dialog.root.getByRole('checkbox', { name: 'web02' }));
  await page().keyboard.press('Space');
  expect(await violations(page())).toEqual([]);
  await enterOn(page(), dialog.root.getByRole('button', { name: 'Add 2 hosts' }));
  await dialog.root.waitFor({ state: 'detached' });
  await page().getByText('2 hosts added.').waitFor();
  await page()
    .getByRole('button', { name: /^web 1 host/ })
    .waitFor();
  await new FleetPage(page()).row('db1').waitFor();
});

test('read again, those that are there are left alone, unless it is said what becomes of them', async () => {
  const dialog = await find('~/inventory.ini');
  await dialog.root.getByRole('button', { name: 'Add 1 host' }).waitFor();
  const fate = dialog.root.getByRole('combobox', { name: 'What to do with db1' });
  await tabTo(page(), fate);
  await page().keyboard.press('ArrowDown');
  await enterOn(page(), dialog.root.getByRole('button', { name: 'Add 1 host, update 1' }));
  await page().getByText('1 host added, 1 updated.').waitFor();
  await new FleetPage(page()).row('web02').waitFor();
});
