import { afterAll, beforeAll, expect, test } from 'vitest';
import { FleetPage } from './pages/fleet-page.ts';
import { HostPage } from './pages/host-page.ts';
import { Palette } from './pages/palette.ts';
import { type Session, startSession } from './session.ts';

/** The page's frame by keyboard: the palette, undo, the list of keys, and whether everything fits. */
let session: Session;
let palette: Palette;

const page = () => session.shell.page;

beforeAll(async () => {
  session = await startSession();
  palette = new Palette(page());
  await new FleetPage(page()).row('This machine', 'Live').waitFor();
});
afterAll(() => session?.close());

test('the palette finds a host by a part of its name, and an action on it', async () => {
  await palette.choose('mach', 'This machine');
  await new HostPage(page()).waitFor('This machine');
  await palette.choose('theme high', 'Theme: high contrast');
  await expect.poll(() => page().locator('html').getAttribute('data-contrast')).toBe('more');
  await palette.choose('theme as', 'Theme: as the system');
  await expect.poll(() => page().locator('html').getAttribute('data-contrast')).toBeNull();
});

test('a removed host comes back by the undo key, with what was recorded of it', async () => {
  const host = new HostPage(page());
  await host.cpuGauge.waitFor();
  await palette.choose('remove', 'Remove the host shown');
  await page().getByText('This machine and all that is stored of it is removed.').waitFor();
  await page().getByRole('heading', { name: 'Fleet' }).waitFor();
  await expect.poll(() => page().getByRole('row', { name: 'This machine' }).count()).toBe(0);
  await page().keyboard.press('z');
  await host.waitFor('This machine');
  await host.cpuGauge.waitFor();
});

test('a zoom that was let go comes back', async () => {
  const reset = page().getByRole('button', { name: 'Reset zoom' });
  await page().getByRole('slider', { name: 'CPU chart, time cursor' }).focus();
  await page().keyboard.press('+');
  await reset.waitFor();
  await page().keyboard.press('0');
  await reset.waitFor({ state: 'hidden' });
  await page().keyboard.press('z');
  await reset.waitFor();
});

test('a dialog gives the focus back to what opened it', async () => {
  const keys = page().getByRole('button', { name: 'Keys' });
  await keys.focus();
  await page().keyboard.press('Enter');
  await page().getByRole('dialog', { name: 'Keys' }).waitFor();
  await page().keyboard.press('Escape');
  await expect.poll(() => keys.evaluate((element) => element === document.activeElement)).toBe(true);
});

test('where the ssh configuration names no hosts, the way by hand is a key away', async () => {
  await page().keyboard.press('a');
  const byHand = page().getByRole('button', { name: 'Add one by hand' });
  await byHand.waitFor();
  await expect.poll(() => byHand.evaluate((element) => element === document.activeElement)).toBe(true);
  await page().keyboard.press('Enter');
  await page().keyboard.press('Tab');
  const address = page().getByRole('textbox', { name: 'Address' });
  await expect.poll(() => address.evaluate((element) => element === document.activeElement)).toBe(true);
  await page().keyboard.press('Escape');
  await page().getByRole('dialog').waitFor({ state: 'detached' });
});

/** At 1280×800 zoomed to 200 %, a page has half of each. */
const sizes = [
  { width: 1024, height: 640 },
  { width: 640, height: 400 },
];
const dialogs = ['All keys', 'First steps', 'About Rackside', 'Add a host', 'Processes of the host shown'];

test.each(sizes)('nothing is wider than a page of $width×$height', async (size) => {
  await page().setViewportSize(size);
  // Charts follow a frame or two behind a page that is made smaller.
  const look = (what: string) =>
    expect
      .poll(
        () =>
          page().evaluate(() => {
            const boxes = [document.documentElement, ...document.querySelectorAll('main, [role="dialog"]')];
            return Math.max(...boxes.map((box) => box.scrollWidth - box.clientWidth));
          }),
        { message: `${what}: wider than its place by this many pixels` },
      )
      .toBeLessThanOrEqual(0);
  await look('host');
  for (const title of dialogs) {
    await palette.open();
    await look('palette');
    await palette.enter(title);
    await page().getByRole('dialog').locator('h2, h3, dl, table, [role="tab"]').first().waitFor();
    await look(title);
    // What does not fit beside a name is scrolled to.
    const names = page().locator('td.process-name');
    if ((await names.count()) > 0) expect((await names.first().boundingBox())?.width).toBeGreaterThan(120);
    await page().keyboard.press('Escape');
    await page().getByRole('dialog').waitFor({ state: 'detached' });
  }
  for (const view of ['Diagnostics', 'Fleet']) {
    await palette.choose(view, view);
    await page().getByRole('heading', { name: view, level: 1 }).waitFor();
    await look(view);
  }
  await palette.choose('machine', 'This machine');
});

test('the page never broke its own content policy, nor logged an error', () => {
  expect(session.shell.complaints).toEqual([]);
});
