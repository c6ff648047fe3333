import type { Locator } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AddHostDialog } from './pages/add-host-dialog.ts';
import { violations } from './pages/axe.ts';
import { FleetPage } from './pages/fleet-page.ts';
import { enterOn, tabTo, typeInto } from './pages/keyboard.ts';
import { type Session, startSession } from './session.ts';

/** Many hosts by keyboard alone. Nothing answers where two of them should be: what is done here needs no connection. */
let session: Session;

const page = () => session.shell.page;
const stop = () => page().locator('.fleet-scroll [tabindex="0"]');

beforeAll(async () => {
  session = await startSession();
  await new FleetPage(page()).row('This machine', 'Live').waitFor();
  for (const name of ['db1', 'db2']) {
    const dialog = new AddHostDialog(page());
    await dialog.open();
    await dialog.connectTo({ address: '127.0.0.1', port: 9, user: 'root', name });
    await dialog.root.getByRole('alert').waitFor();
    await page().keyboard.press('Escape');
    await dialog.root.waitFor({ state: 'detached' });
  }
});
afterAll(() => session?.close());

async function isFocused(locator: Locator): Promise<void> {
  await expect.poll(() => locator.evaluate((element) => element === document.activeElement)).toBe(true);
}

test('two hosts are selected with Space and Shift, and get a group and tags', async () => {
  await tabTo(page(), stop());
  for (const key of ['End', 'Space', 'Shift+ArrowUp']) await page().keyboard.press(key);
  await page().getByText('2 hosts selected').waitFor();
  await enterOn(page(), page().getByRole('button', { name: 'Group and tags …' }));
  const dialog = page().getByRole('dialog');
  await typeInto(page(), dialog.getByRole('textbox', { name: 'Group' }), 'rack 1');
  await typeInto(page(), dialog.getByLabel('Add tags'), 'db ssd');
  await page().keyboard.press('Enter');
  await page()
    .getByRole('button', { name: /^rack 1 2 hosts/ })
    .waitFor();
  expect(await violations(page())).toEqual([]);
});

test('a filter by tag finds them, and Esc shows all again', async () => {
  await typeInto(page(), page().getByLabel('Filter hosts'), 'tag:ssd');
  await new FleetPage(page()).row('This machine').waitFor({ state: 'detached' });
  await new FleetPage(page()).row('db2').waitFor();
  await page().keyboard.press('Escape');
  await new FleetPage(page()).row('This machine').waitFor();
});

test('a group closes and opens with the arrows', async () => {
  await tabTo(page(), stop());
  await page().keyboard.press('Home');
  await isFocused(page().getByRole('button', { name: /^rack 1/ }));
  await page().keyboard.press('ArrowLeft');
  await new FleetPage(page()).row('db1').waitFor({ state: 'detached' });
  await page().keyboard.press('ArrowRight');
  await new FleetPage(page()).row('db1').waitFor();
});

test('the grid is a key away, and keeps the place', async () => {
  await page().keyboard.press('ArrowDown');
  await page().keyboard.press('v');
  await isFocused(page().locator('.fleet-tile', { hasText: 'db1' }));
});
