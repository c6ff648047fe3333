import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violations } from '../pages/axe.ts';
import { FleetPage } from '../pages/fleet-page.ts';
import { HostPage } from '../pages/host-page.ts';
import { enterOn } from '../pages/keyboard.ts';
import { ProcessesDialog } from '../pages/processes-dialog.ts';
import { type Session, startSession } from '../session.ts';

/** A real `dd` that writes on and on is found by what it writes, and ended from the page. */
let session: Session;
let dialog: ProcessesDialog;
let dd: ChildProcess;
let feeding: NodeJS.Timeout;
// Where disks are: a file in memory is written to none.
const folder = mkdtempSync('/var/tmp/rackside-dd-');

beforeAll(async () => {
  dd = spawn('dd', [`of=${join(folder, 'runaway')}`, 'bs=1M', 'iflag=fullblock'], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  dd.stdin?.on('error', () => {});
  const bytes = Buffer.alloc(4 << 20, 1);
  feeding = setInterval(() => dd.stdin?.write(bytes), 500);
  session = await startSession();
  await new FleetPage(session.shell.page).open('This machine');
  await new HostPage(session.shell.page).openProcesses('cpu');
  dialog = new ProcessesDialog(session.shell.page);
  await dialog.rows();
});

afterAll(async () => {
  clearInterval(feeding);
  dd?.kill('SIGKILL');
  await session?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('what writes is among the top by disk, with its rate', async () => {
  await dialog.root.getByRole('tab', { name: 'Top 10 by disk' }).click();
  const row = dialog.row(dd.pid as number);
  await row.waitFor({ timeout: 20_000 });
  await expect.poll(() => row.locator('td').nth(6).textContent(), { timeout: 20_000 }).toMatch(/MB\/s$/);
});

test('it is ended after a confirmation that names it, and the page says so', async () => {
  await enterOn(session.shell.page, dialog.row(dd.pid as number).locator('.process-name button'));
  const act = dialog.root.getByRole('region', { name: 'Act on this process' });
  await act.getByRole('button', { name: 'Send …' }).click();
  const confirm = act.getByRole('alertdialog');
  expect(await confirm.textContent()).toMatch(
    new RegExp(`Terminate \\(SIGTERM\\): PID ${dd.pid}, dd of=.*runaway.*, begun .* This cannot be undone`),
  );
  expect(await violations(session.shell.page, { within: ['.process-act'] })).toEqual([]);
  expect(dd.exitCode).toBeNull();
  const gone = once(dd, 'exit');
  await confirm.getByRole('button', { name: 'Terminate' }).click();
  expect(await gone).toEqual([null, 'SIGTERM']);
  await expect.poll(() => act.getByTestId('process-outcome').textContent()).toMatch(/^Done/);
});

test("it stands in the host's history: what, of which process, by whom, and what came of it", async () => {
  const { page } = session.shell;
  await dialog.close();
  await page.getByRole('region', { name: 'Health', exact: true }).getByRole('button', { name: 'Events' }).click();
  const done = page.getByRole('list', { name: 'Done to processes' }).getByRole('listitem');
  await done.first().waitFor();
  expect(await done.allTextContents()).toEqual([
    expect.stringMatching(
      new RegExp(`^\\d{4}-\\d\\d-\\d\\d .*Terminate \\(SIGTERM\\): dd, PID ${dd.pid} by ${userInfo().username}Done$`),
    ),
  ]);
});
