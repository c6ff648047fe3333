import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { moreRounds } from '../lab/more-rounds.ts';
import { type Load, startLoad } from '../load.ts';
import { FleetPage } from '../pages/fleet-page.ts';
import { HostPage } from '../pages/host-page.ts';
import { enterOn } from '../pages/keyboard.ts';
import { ProcessesDialog } from '../pages/processes-dialog.ts';
import { type Session, startSession } from '../session.ts';

/** A recording of this machine, played by keyboard to the moment of a load, and set beside its beginning. */
let session: Session;
let load: Load | null = null;

const page = () => session.shell.page;
const wait = { timeout: 20_000 };

beforeAll(async () => {
  session = await startSession();
  await new FleetPage(page()).open('This machine');
  await new HostPage(page()).waitFor('This machine');
});
afterAll(async () => {
  await load?.stop();
  await session?.close();
});

test('a load is recorded behind rounds without it', async () => {
  const host = new HostPage(page());
  const directory = await host.record();
  await moreRounds(directory, 2);
  const heavy = await startLoad('e2e-replayed');
  load = heavy;
  await host.openProcesses('cpu');
  const dialog = new ProcessesDialog(page());
  const share = async () => (await dialog.rows()).find(({ pid }) => pid === heavy.pid)?.cpu;
  await expect.poll(share, wait).toMatch(/[1-9]/);
  await dialog.close();
  await moreRounds(directory, 2);
  await host.stopRecording();
  await heavy.stop();
});

test('it is played to the moment of the load, with its process; then it stands beside its beginning', async () => {
  await enterOn(page(), page().getByRole('button', { name: 'Open replay' }).last());
  await page().getByRole('button', { name: 'Close replay' }).waitFor();
  const busiest = page().getByRole('table', { name: 'The busiest processes' });
  await busiest.waitFor();
  // Its keys work once it is known what can be played.
  await page().getByRole('button', { name: 'To the beginning', disabled: false }).waitFor();
  await page().getByLabel('Speed').selectOption('10');
  await page().locator('body').press('Shift+Home');
  await expect.poll(() => busiest.textContent(), wait).not.toContain('e2e-replayed');
  await page().locator('body').press('Space');
  await expect.poll(() => busiest.textContent(), wait).toContain(`e2e-replayed ${load?.pid}`);
  await page().getByRole('button', { name: 'Play', exact: true }).waitFor();

  await enterOn(page(), page().getByRole('button', { name: 'Mark this instant' }));
  await page().keyboard.press('Shift+Home');
  await page()
    .getByRole('heading', { name: /^Side by side/ })
    .waitFor();
  const uptime = page()
    .getByRole('table', { name: 'Readings' })
    .getByRole('row', { name: /^Uptime/ });
  await expect.poll(() => uptime.textContent(), wait).toMatch(/−\d+ s$/);

  // What is asked every few minutes is as old as it was there.
  await page().keyboard.press('Shift+End');
  const filesystems = page().getByRole('heading', { name: /^File systems/ });
  await expect.poll(() => filesystems.textContent(), wait).toMatch(/^File systems \d+ s earlier$/);

  await enterOn(page(), page().getByRole('button', { name: 'Compare with them' }));
  await page()
    .getByText(/^All \d+ recorded samples agree/)
    .waitFor();
});

test('what the charts show is saved as a table', async () => {
  const saving = page().waitForEvent('download');
  await enterOn(page(), page().getByRole('button', { name: 'Save', exact: true }));
  await page()
    .getByRole('menuitem', { name: /^As CSV/ })
    .waitFor();
  await page().keyboard.press('Enter');
  const [head, first] = readFileSync(await (await saving).path(), 'utf8').split('\r\n');
  expect(head).toMatch(/^time,cpu\.busy mean \(percent\),cpu\.busy min \(percent\),/);
  expect(first).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z,/);
});

test('the page never broke its own content policy, nor logged an error', () => {
  expect(session.shell.complaints).toEqual([]);
});
