import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violations } from '../pages/axe.ts';
import { enterOn, tabTo, typeInto } from '../pages/keyboard.ts';
import { type Session, startSession } from '../session.ts';

/** A dump is handed on without what it must not tell: by keyboard alone, in the dialog. */
const planted = {
  host: 'tank-4711',
  user: 'hildegard',
  address: '10.83.7.219',
  secret: 'Zq7-planted-Wk29xT',
  /** Nothing says that it is a name. */
  word: 'Bluebird',
};
const folder = mkdtempSync(join(tmpdir(), 'rackside-export-'));
const dump = join(folder, `${planted.host}-2026-11-21T14-03-22Z`);
let session: Session;

const page = () => session.shell.page;
const dialog = () => page().getByRole('dialog', { name: /^Export from / });
const field = (name: string | RegExp) => dialog().getByRole('textbox', { name });
const button = (name: string) => dialog().getByRole('button', { name, exact: true });

function entry(second: number, command: string, output: string): string {
  const at = new Date(Date.UTC(2026, 10, 21, 14, 3, 22) + second * 1000).toISOString().replace('Z', '000Z');
  return `===== ${at} =====\n$ ${command}\nexit=0  duration=12ms  size=${Buffer.byteLength(output)}\n\n${output}\n\n`;
}

function plantedDump(): string {
  const { host, user, address, secret, word } = planted;
  return [
    entry(0, 'hostname', `${host}\n`),
    entry(1, 'cat /etc/passwd', `root:x:0:0:root:/root:/bin/bash\n${user}:x:1000:1000:,,,:/home/${user}:/bin/bash\n`),
    entry(2, 'cat /etc/hosts', `127.0.0.1 localhost\n${address} ${host}\n`),
    entry(
      3,
      `check --password=${secret}`,
      `PASSWORD='${secret}'\n${Buffer.from(`x ${secret} y`).toString('base64')}\n`,
    ),
    ...Array.from({ length: 40 }, (_, n) => entry(4 + n, 'cat log', `${n}: ${user}@${host} reads ${word}-${n}.xls\n`)),
  ].join('');
}

/** What of the planted is in it, in any case. */
function leaks(bytes: Buffer): string[] {
  const text = bytes.toString('latin1').toLowerCase();
  return Object.values(planted).filter((one) => text.includes(one.toLowerCase()));
}

const inDialog = (rules?: readonly string[]) => violations(page(), { within: ['.dialog'], rules });

/** Of the dump that is shown, on its page. */
async function counts(): Promise<string | null> {
  await page().keyboard.press('c');
  const list = page().getByRole('list', { name: 'What the dump holds' });
  await expect.poll(() => list.textContent()).toMatch(/^\d+ entries/);
  await page()
    .getByRole('option', { name: /hostname/ })
    .waitFor();
  return list.textContent();
}

beforeAll(async () => {
  mkdirSync(dump);
  writeFileSync(join(dump, 'commands.log'), plantedDump());
  session = await startSession();
  await page().getByRole('heading', { name: 'Fleet', level: 1 }).waitFor();
  for (const key of ['g', 'd']) await page().keyboard.press(key);
  await typeInto(page(), page().getByRole('textbox', { name: 'Path of a dump' }), dump);
  await page().keyboard.press('Enter');
  await page().getByRole('button', { name: 'Close replay' }).waitFor();
});
afterAll(async () => {
  await session?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('all of a dump goes without what was planted, and opens with the same counts', async () => {
  const before = await counts();
  await page().keyboard.press('X');
  await dialog().getByText('44 entries').waitFor();
  const replaced = dialog().getByRole('table', { name: 'Replaced' });
  for (const name of [planted.host, planted.user, planted.address, planted.secret]) {
    await expect.poll(async () => (await replaced.textContent())?.toLowerCase()).toContain(name.toLowerCase());
  }
  expect(await replaced.textContent()).not.toContain(planted.word);
  await typeInto(page(), field(/^More words/), planted.word);
  await expect.poll(() => replaced.textContent()).toContain('words of yours');
  await tabTo(page(), dialog().getByRole('radio', { name: '.zip' }));
  await page().keyboard.press('ArrowDown');
  const to = await field('Path').inputValue();
  expect(to).toMatch(new RegExp(`^${folder}/dump-redacted-[\\dTZ-]+\\.tar\\.gz$`));

  await enterOn(page(), button('Export'));
  await dialog().getByText('44 entries and 0 samples are exported to').waitFor();
  expect(await dialog().textContent()).toMatch(/secrets\d/);
  expect(statSync(to).mode & 0o777).toBe(0o600);
  const written = gunzipSync(readFileSync(to));
  expect(leaks(Buffer.from(plantedDump()))).toHaveLength(5);
  expect(leaks(written)).toEqual([]);

  // The focus is on it already.
  await page().keyboard.press('Enter');
  await dialog().waitFor({ state: 'detached' });
  await page()
    .getByRole('heading', { name: /^dump-redacted-/, level: 1 })
    .waitFor();
  expect(await counts()).toBe(before);

  // What is there stays, and the field says so.
  await page().keyboard.press('X');
  await typeInto(page(), field('Path'), to);
  await page().keyboard.press('Enter');
  await dialog().getByText(`${to} is there already`).waitFor();
  expect(await field('Path').getAttribute('aria-invalid')).toBe('true');
  await expect.poll(() => field('Path').evaluate((element) => element === document.activeElement)).toBe(true);
  expect(gunzipSync(readFileSync(to))).toEqual(written);
  await page().keyboard.press('Escape');
  await dialog().waitFor({ state: 'detached' });
  await page().goBack();
  await page().goBack();
});

test('a moment goes as a page, without them too', async () => {
  await page().keyboard.press('R');
  await field('Moment').waitFor();
  await typeInto(page(), field('Moment'), 'noon');
  await enterOn(page(), button('Write the report'));
  await dialog().getByText('A moment looks like').waitFor();
  await typeInto(page(), field('Moment'), '2026-11-21 14:03:40Z');
  await typeInto(page(), field(/^More words/), planted.word);
  const to = await field('Path').inputValue();
  expect(to).toMatch(/moment-redacted-2026-11-21T14-03-40Z\.html$/);
  await enterOn(page(), button('Write the report'));
  await dialog().getByText(`are written to ${to}`).waitFor();
  const written = readFileSync(to);
  expect([written.subarray(0, 15).toString().toLowerCase(), leaks(written)]).toEqual(['<!doctype html>', []]);
  await page().keyboard.press('Escape');
  await dialog().waitFor({ state: 'detached' });
});

test('what is exported can be chosen by everybody', async () => {
  await page().keyboard.press('R');
  await field('Moment').waitFor();
  expect(await inDialog()).toEqual([]);
  await tabTo(page(), dialog().getByRole('tab', { name: 'Report of a moment' }));
  await page().keyboard.press('ArrowLeft');
  await dialog()
    .getByRole('row', { name: /^secrets/ })
    .waitFor();
  expect(await inDialog()).toEqual([]);
  await page().emulateMedia({ colorScheme: 'light' });
  expect(await inDialog(['color-contrast'])).toEqual([]);
});
