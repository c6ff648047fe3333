import { afterAll, beforeAll, expect, test } from 'vitest';
import { moreRounds } from '../lab/more-rounds.ts';
import { violations } from '../pages/axe.ts';
import { FleetPage } from '../pages/fleet-page.ts';
import { HostPage } from '../pages/host-page.ts';
import { enterOn, tabTo } from '../pages/keyboard.ts';
import { SourceDialog } from '../pages/source-dialog.ts';
import { type Session, startSession } from '../session.ts';
import { recomputed } from './recomputed.ts';

/** Every number of the Host page is followed back to the bytes that it was computed from, and computed anew from them. */
let session: Session;
let source: SourceDialog;

const page = () => session.shell.page;
const numbers = () => page().locator('[data-paths]');
const memoryUsed = () => page().locator(`[data-paths='[["memory","used_bytes"]]']`);

beforeAll(async () => {
  session = await startSession({ viewport: { width: 1440, height: 1000 } });
  await new FleetPage(page()).open('This machine');
  await new HostPage(page()).waitFor('This machine');
  source = new SourceDialog(page());
  await page().locator('[data-paths*="filesystems"]').first().waitFor();
  const rate = page().locator(`[data-paths='[["network","total","rx_bytes_per_second"]]']`).first();
  await rate.filter({ hasText: /\d/ }).waitFor();
  await page()
    .getByRole('button', { name: /^Show \d+ interface/ })
    .click();
});
afterAll(() => session?.close());

/** Which program tells of updates is known by what ran, and no word of its output says so. */
const unmarked = 'updates.manager';
/** What is counted has a line or a word for each, and none where there are none. */
const counted = /^(updates|units\.counts)\.|\.length$/;
/** All of a round, and what passes between two machines, is in no byte. */
const ofNoByte = /^(cost\.(bytes|round_ms)|wall_clock\..*)$/;

/** The readings of one number, each with its value, and what its marked bytes come to. */
async function ask(paths: string) {
  // By the page's own event: a number moves while it is asked for, and a pointer would wait for it to rest.
  await page().locator(`[data-paths='${paths}']`).first().dispatchEvent('click');
  await source.waitFor();
  const found = [];
  for (const [index, path] of (JSON.parse(paths) as (string | number)[][]).entries()) {
    if (index > 0) await source.root.getByRole('tab').nth(index).click();
    const exact = await source.exact();
    const marks = await source.marks();
    const used = counted.test(path.join('.')) ? [] : await source.used();
    found.push({ path: path.join('.'), exact, marks, used });
  }
  await source.close();
  return found;
}

function differs({ path, exact, marks, used }: Awaited<ReturnType<typeof ask>>[number]): string | null {
  // What is unknown has no bytes, and a word without letters cannot be another.
  if (!/[a-z0-9]/i.test(exact) || exact === 'unknown' || path === unmarked) return null;
  if (!/^-?\d+(\.\d+)?(e[+-]\d+)?( |\/|$)/.test(exact))
    return marks > 0 || path.split('.').length === 1 ? null : `${path}: no mark for ${exact}`;
  const value = Number.parseFloat(exact);
  if (marks === 0 && !ofNoByte.test(path) && !(value === 0 && counted.test(path)))
    return `${path}: ${exact} has no bytes`;
  if (marks === 0 || counted.test(path)) return null;
  const anew = recomputed(path, used);
  if (anew === null) return `${path}: no formula in this test`;
  const isSame = Number.isNaN(anew) || Math.abs(anew - value) <= Math.max(0.002, Math.abs(value) * 1e-6);
  return isSame ? null : `${path}: ${exact}, and ${anew} out of ${used.map(({ text }) => text).join(' ')}`;
}

test('every number of the page is what its marked bytes come to', async () => {
  const all = await numbers().evaluateAll((elements) => elements.map((element) => element.getAttribute('data-paths')));
  const asked = [...new Set(all.filter((paths) => paths !== null))]
    // Of a host with many interfaces two will do, and one row of a list: each is an answer to wait for.
    .filter((paths) => !/"(interfaces",([2-9]|\d\d)|(list|routes|packages|failed)",[1-9])/.test(paths));
  expect(asked.length).toBeGreaterThan(40);
  const wrong = async (paths: string) => (await ask(paths)).map(differs).filter((words) => words !== null);
  // A host that was not looked at until now has kept one round, and a rate comes from two.
  await expect.poll(() => wrong('[["cpu","total","busy_percent"]]'), { interval: 500 }).toEqual([]);
  const found: string[] = [];
  for (const paths of asked) found.push(...(await wrong(paths)));
  expect(found).toEqual([]);
  // Some ninety answers, each of some hundred computations.
}, 180_000);

test('by keyboard: one stop in each section, arrows within, and ? tells where the number comes from', async () => {
  const vitals = page().getByRole('region', { name: 'Vitals' });
  const stops = () => vitals.locator('[data-paths][tabindex="0"]').count();
  await expect.poll(stops).toBe(1);
  await tabTo(page(), vitals.locator('[data-paths][tabindex="0"]'));
  await page().keyboard.press('ArrowRight');
  const paths = await page().evaluate(() => document.activeElement?.getAttribute('data-paths'));
  expect([await stops(), paths]).toEqual([1, '[["pressure","memory","some","stalled_percent"]]']);
  await page().keyboard.press('?');
  await source.waitFor();
  expect(await violations(page(), { within: ['[role="dialog"]'] })).toEqual([]);
  await source.close();
  expect(await page().evaluate(() => document.activeElement?.getAttribute('data-paths'))).toBe(paths);
});

test('what this machine does not have is answered too, with what was asked', async () => {
  const reason = page().locator(`[data-paths='[["sensors"]]'], [data-paths='[["memory","swap"]]']`).first();
  await reason.dispatchEvent('click');
  await source.waitFor();
  await expect.poll(() => source.root.locator('.source-record .output-command').first().textContent()).toMatch(/^\$ /);
  await source.close();
});

test('in a dump the number leads to the entry in its list', async () => {
  const host = new HostPage(page());
  await moreRounds(await host.record(), 2);
  await host.stopRecording();
  await enterOn(page(), page().getByRole('button', { name: 'Open replay' }).last());
  await page().getByRole('button', { name: 'Close replay' }).waitFor();
  await memoryUsed().first().waitFor();
  await memoryUsed().first().dispatchEvent('click');
  await source.waitFor();
  const command = await source.root.locator('.source-record .output-command').first().textContent();
  await source.root.getByRole('button', { name: 'Show in the dump' }).first().click();
  await expect.poll(() => page().locator('.output-head .output-command').textContent()).toBe(command);
});
