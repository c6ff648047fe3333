import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FleetPage } from './pages/fleet-page.ts';
import { HostPage } from './pages/host-page.ts';
import { enterOn, tabTo, typeInto } from './pages/keyboard.ts';
import { type Session, startSession } from './session.ts';

/** One host in all its readings, by keyboard alone: this machine. */
let session: Session;

const page = () => session.shell.page;
const chart = (name: string) => page().getByRole('slider', { name: `${name} chart, time cursor` });

beforeAll(async () => {
  session = await startSession();
  await new FleetPage(page()).open('This machine');
  await new HostPage(page()).waitFor('This machine');
});
afterAll(() => session?.close());

test('panels show what this machine has, and what it does not have in words', async () => {
  const network = page().getByRole('region', { name: 'Network', exact: true });
  await enterOn(page(), network.getByRole('button', { name: /^Show \d+ interface/ }));
  const names = network.locator('tbody th .mono');
  await expect.poll(() => names.allTextContents()).toEqual(expect.arrayContaining(readdirSync('/sys/class/net')));
  await expect.poll(() => network.locator('.row-total td').first().textContent()).toMatch(/^\d\S* [KMG]?B\/s$/);

  const disks = page()
    .getByRole('region', { name: /^Disks/ })
    .first();
  await expect.poll(() => disks.textContent()).toMatch(/B\/s|lists none|Not on this host/);
  const sensors = page().getByRole('region', { name: /^Sensors/ });
  await expect.poll(() => sensors.textContent()).toMatch(/°C|rpm|Not on this host/);
  const pressure = page().getByRole('region', { name: 'Pressure', exact: true });
  await expect.poll(() => pressure.textContent()).toMatch(/CPU some|Not on this host/);
  const collecting = page().getByRole('region', { name: 'Collecting' });
  await expect.poll(() => collecting.textContent()).toMatch(/\d ms.*of one core.*in step/);
});

test('the cores are told in words, one of them by name', async () => {
  await tabTo(page(), chart('Cores'));
  await expect.poll(() => chart('Cores').getAttribute('aria-valuetext')).toMatch(/mean \d+.*busiest cpu\d+/);
  await page().keyboard.press('ArrowDown');
  await expect.poll(() => chart('Cores').getAttribute('aria-valuetext')).toMatch(/, cpu0 \S+ %, mean/);
});

test('a span is selected on a chart, and let go', async () => {
  await tabTo(page(), chart('CPU'));
  for (const key of ['End', 's', 'Shift+ArrowLeft', 'Shift+ArrowLeft', 's']) await page().keyboard.press(key);
  await page().getByRole('button', { name: 'Reset zoom' }).waitFor();
  const shown = async () =>
    Number(await chart('CPU').getAttribute('aria-valuemax')) - Number(await chart('CPU').getAttribute('aria-valuemin'));
  expect(await shown()).toBeLessThan(60);
  await page().keyboard.press('0');
  await expect.poll(shown).toBe(900);
});

test('an earlier period is compared, and each line is named', async () => {
  // The cursor still stands where the selection ended, which may be before this host was watched.
  await tabTo(page(), chart('CPU'));
  await page().keyboard.press('End');
  await tabTo(page(), page().getByLabel('Compare', { exact: true }));
  await page().keyboard.press('ArrowDown');
  const legend = page().getByRole('group', { name: 'Lines' });
  await expect.poll(() => legend.textContent()).toMatch(/now shown.*1 h before/);
  await expect.poll(() => chart('CPU').getAttribute('aria-valuetext')).toMatch(/busy .*; 1 h before: busy unknown/);
  await expect.poll(() => chart('Cores').getAttribute('aria-valuetext')).toMatch(/mean \d+.*; 1 h before: unknown/);
  await page().getByLabel('Compare', { exact: true }).focus();
  await page().keyboard.press('ArrowUp');
  await legend.waitFor({ state: 'detached' });
});

test("the host's clock is charted at the pace at which it is asked", async () => {
  await enterOn(page(), page().getByRole('button', { name: 'Clock', exact: true }));
  await tabTo(page(), chart('Clock'));
  await page().keyboard.press('End');
  await expect.poll(() => chart('Clock').getAttribute('aria-valuetext')).toMatch(/, offset [+-]0\.\d\d s/);
});

test('a chart folds away, and stays so', async () => {
  const head = page().getByRole('button', { name: 'Load', exact: true });
  await enterOn(page(), head);
  expect(await head.getAttribute('aria-expanded')).toBe('false');
  await chart('Load').waitFor({ state: 'detached' });
  await page().reload();
  await page().getByRole('button', { name: 'Load', exact: true, expanded: false }).waitFor();
});

test('a recording of ten minutes tells how long it runs still, there and in the fleet, until it is stopped', async () => {
  const host = new HostPage(page());
  const directory = await host.record('For 10 minutes');
  const line = page().getByLabel('Recording');
  await expect.poll(() => line.textContent()).toMatch(/[1-9]\d* entries.*B\/s.*(10|9) min left/);
  await page().goto(`${page().url().split('#')[0]}#/`);
  await page()
    .getByText(/^● (10|9) min/)
    .waitFor();
  await page().goBack();
  await host.stopRecording();
  expect(readdirSync(directory).sort()).toEqual(['commands.log', 'samples.log']);
});

test('the last minutes are kept when a setting says so, and saved as a dump that replays', async () => {
  const host = new HostPage(page());
  await host.chooseToRecord(/^Keep the last minutes/);
  await typeInto(page(), page().getByRole('textbox', { name: 'Ring minutes' }), '5');
  await page().keyboard.press('Enter');
  await page().goBack();
  await page().getByText('Kept in memory').waitFor();
  await host.chooseToRecord(/^Save the last/);
  await page()
    .getByText(/^Saved the last .* of This machine to /)
    .waitFor();
  await enterOn(page(), page().getByRole('button', { name: 'Open replay' }).last());
  await host.cpuGauge.waitFor();
  await page().getByText('Replay', { exact: true }).first().waitFor();
});

test('the page never broke its own content policy, nor logged an error', () => {
  expect(session.shell.complaints).toEqual([]);
});
