import { afterAll, beforeAll, expect, test } from 'vitest';
import { watchWithCli } from '../cli.ts';
import { type Sshd, startSshd } from '../lab/sshd.ts';
import { type Load, startLoad } from '../load.ts';
import { AddHostDialog } from '../pages/add-host-dialog.ts';
import { HostPage } from '../pages/host-page.ts';
import { ProcessesDialog } from '../pages/processes-dialog.ts';
import { type Session, startSession } from '../session.ts';

/** Markup that would run, a terminal's escape that would colour, and a line end that would begin a forged row. */
const hostileName = '<img src=x onerror="document.title=1">\u001b[31mred\nroot 1 forged';

let sshd: Sshd;
let session: Session;
let load: Load;

beforeAll(async () => {
  [sshd, session] = await Promise.all([startSshd(), startSession()]);
  load = await startLoad(hostileName);
});

afterAll(async () => {
  await load?.stop();
  await session?.close();
  await sshd?.stop();
});

test('a process whose name is markup, escape and line end is a row of text, and the samples after it are whole', async () => {
  const { page } = session.shell;
  const dialog = new AddHostDialog(page);
  await dialog.open();
  await dialog.connectTo({ ...sshd, name: 'hostile', keyFile: sshd.identityFile });
  await dialog.trust();
  const host = new HostPage(page);
  await host.waitFor('hostile');
  const watch = watchWithCli('hostile', session);
  await host.openProcesses('cpu');
  const processes = new ProcessesDialog(page);
  const row = async () => (await processes.rows()).find(({ pid }) => pid === load.pid);
  await expect.poll(async () => (await row())?.cpu, { timeout: 20_000 }).toMatch(/^heavy/);

  // The kernel keeps 15 bytes of the name; the command line is whole, and every unseen character is spelled out.
  expect((await row())?.name).toContain('<img src=x onerror="document.title=1">\\x1b[31mred\\nroot 1 forged');
  expect(await page.locator('img').count()).toBe(0);
  expect(await page.title()).not.toBe('1');

  const seen = watch.samples.length;
  await expect.poll(() => watch.samples.length, { timeout: 20_000 }).toBeGreaterThanOrEqual(seen + 2);
  await watch.stop();
  // What the machine lacks is no fault of what it prints.
  const failed = watch.samples.flatMap(({ data }) =>
    Object.values(data.problems).filter(({ status }) => status === 'failed'),
  );
  expect(failed).toEqual([]);
  const last = watch.samples.at(-1)?.data.processes?.list ?? [];
  const hostileRows = last.filter(({ command }) => command?.includes('forged'));
  expect(hostileRows.map(({ pid, command }) => ({ pid, command }))).toEqual([
    { pid: load.pid, command: `${hostileName} -c while :; do :; done` },
  ]);
  await processes.close();
});

test('the page kept its content policy', () => {
  expect(session.shell.complaints).toEqual([]);
});
