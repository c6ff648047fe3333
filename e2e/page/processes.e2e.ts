import { constants, setPriority, userInfo } from 'node:os';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Load, startLoad } from '../load.ts';
import { violations } from '../pages/axe.ts';
import { FleetPage } from '../pages/fleet-page.ts';
import { HostPage } from '../pages/host-page.ts';
import { enterOn } from '../pages/keyboard.ts';
import { ProcessesDialog } from '../pages/processes-dialog.ts';
import { type Session, startSession } from '../session.ts';

/** The list of processes by keyboard alone: searched, sorted, looked into, and one of them followed. */
const hostileName = '<b onclick="x">proc\u202e\nforged';

let session: Session;
let load: Load;
let dialog: ProcessesDialog;

const page = () => session.shell.page;

beforeAll(async () => {
  load = await startLoad(hostileName);
  // It is to be seen at work for the whole suite, and has what the page and the browser leave.
  setPriority(load.pid, constants.priority.PRIORITY_LOW);
  session = await startSession();
  await new FleetPage(page()).open('This machine');
  await new HostPage(page()).openProcesses('cpu');
  dialog = new ProcessesDialog(page());
  await dialog.rows();
});

afterAll(async () => {
  await session?.close();
  await load?.stop();
});

test('a search finds the process by a word of its command line, in the whole list', async () => {
  await dialog.search(`forged ${load.pid}`);
  await expect.poll(async () => (await dialog.rows()).map(({ pid }) => pid), { timeout: 20_000 }).toEqual([load.pid]);
  expect(await dialog.root.getByRole('tab', { name: 'All listed', selected: true }).count()).toBe(1);
  await dialog.search('no such process anywhere');
  await dialog.root.getByText('matches “no such process anywhere”').waitFor();
  await dialog.search('');
});

test('a column sorts both ways, and says so', async () => {
  const header = dialog.root.getByRole('columnheader', { name: 'PID' });
  for (const [direction, sign] of [
    ['descending', -1],
    ['ascending', 1],
  ] as const) {
    await enterOn(page(), header.getByRole('button'));
    await expect.poll(() => header.getAttribute('aria-sort')).toBe(direction);
    const pids = (await dialog.rows()).map(({ pid }) => pid);
    expect(pids).toEqual([...pids].sort((a, b) => sign * (a - b)));
  }
});

test('a hostile name is text in the details too, beside parent, state and start; and the order rests', async () => {
  await dialog.search(String(load.pid));
  await expect.poll(async () => (await dialog.rows()).length, { timeout: 20_000 }).toBe(1);
  await enterOn(page(), dialog.row(load.pid).locator('button'));
  expect(await dialog.root.getByTestId('process-command').textContent()).toContain(
    '<b onclick="x">proc\\u202e\\nforged',
  );
  expect(await dialog.root.locator('b').count()).toBe(0);
  const facts = (await dialog.root.locator('.process-facts').textContent()) ?? '';
  expect(facts).toMatch(/Parent\d+.*State[RS] \((running|sleeping)\).*Started\d{4}-\d\d-\d\d .* before this list/);
  await dialog.root.getByTestId('order-held').waitFor();
  expect(await violations(page())).toEqual([]);
});

test('by user the list is groups with their sums; one opens by keyboard to its processes, and closes again', async () => {
  await dialog.groupBy('user');
  const group = dialog.groups();
  await expect.poll(() => group.allTextContents(), { timeout: 20_000 }).toEqual([`${userInfo().username}1 listed`]);
  expect(await dialog.root.locator('tr.process').count()).toBe(0);
  await enterOn(page(), group);
  await dialog.row(load.pid).waitFor();
  expect(await violations(page())).toEqual([]);
  await enterOn(page(), group);
  await dialog.row(load.pid).waitFor({ state: 'detached' });
  await dialog.groupBy('');
  await dialog.row(load.pid).waitFor();
});

test('the process is followed: its CPU over time, by the cursor of the host, and back to the list', async () => {
  await enterOn(page(), dialog.root.getByRole('button', { name: 'Follow over time' }));
  const chart = dialog.root.getByRole('slider', { name: 'CPU chart, time cursor' });
  await chart.waitFor();
  await expect
    .poll(() => dialog.root.getByTestId('follow-status').textContent(), { timeout: 20_000 })
    .toMatch(/^Started \d/);
  await expect.poll(() => chart.getAttribute('aria-valuetext'), { timeout: 20_000 }).toMatch(/of one core \d/);
  expect(await violations(page())).toEqual([]);
  await enterOn(page(), dialog.root.getByRole('button', { name: 'All processes' }));
  await dialog.rows();
  await dialog.close();
});

test('the page kept its content policy', () => {
  expect(session.shell.complaints).toEqual([]);
});
