import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCli } from './cli.ts';
import { violations } from './pages/axe.ts';
import { enterOn, tabTo, typeInto } from './pages/keyboard.ts';
import { type Session, startSession } from './session.ts';

const eventually = <Value>(read: () => Value) => expect.poll(read, { timeout: 20_000 });

/** Settings by keyboard alone, in the page and in the file; each test goes on where the one before ended. */
let session: Session;

beforeAll(async () => {
  session = await startSession();
});
afterAll(() => session?.close());

const page = () => session.shell.page;
const file = () => join(session.dataFolder, 'settings.toml');
const fast = () => page().getByRole('textbox', { name: 'Fast', exact: true });
const themeOf = () => page().evaluate(() => document.documentElement.dataset.theme ?? 'system');

async function show(): Promise<void> {
  await page().getByRole('navigation', { name: 'Main' }).waitFor();
  await page().keyboard.press('g');
  await page().keyboard.press('s');
  await page().getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
  await fast().waitFor();
}

test('a setting is found among all by parts of its words', async () => {
  await show();
  await page().keyboard.press('/');
  await page().keyboard.type('memory bad');
  const shown = () => page().locator('.setting label').allTextContents();
  await eventually(shown).toEqual(['Memory bad']);
  await page().keyboard.press('Escape');
  await eventually(async () => (await shown()).length).toBeGreaterThan(30);
});

test('the theme and an interval, by keyboard', async () => {
  await typeInto(page(), fast(), '0');
  await page().keyboard.press('Enter');
  await page().getByText('intervals.fast_seconds must be a whole number from 2 to 3600.').waitFor();
  await typeInto(page(), fast(), '15');
  await page().keyboard.press('Enter');
  await page().getByRole('button', { name: 'Reset Fast to its default' }).waitFor();
  await tabTo(page(), page().getByRole('combobox', { name: 'Theme' }));
  await page().keyboard.type('light');
  await eventually(themeOf).toBe('light');
  await eventually(() => readFile(file(), 'utf8')).toContain('\ntheme = "light"\n');
  expect(await readFile(file(), 'utf8')).toContain('\nfast_seconds = 15\n');
});

test.each(['light', 'dark'] as const)('axe finds nothing in %s', async (colorScheme) => {
  await page().emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  expect(await violations(page())).toEqual([]);
});

test('after a restart they are still there', async () => {
  await session.restart();
  await show();
  expect([await fast().inputValue(), await themeOf()]).toEqual(['15', 'light']);
  await enterOn(page(), page().getByRole('button', { name: 'Reset Fast to its default' }));
  await eventually(() => fast().inputValue()).toBe('30');
});

test('a broken file never stops the start: it says key and line, there and on the command line', async () => {
  await writeFile(file(), '[page]\ntheme = "pink"\n\n[intervals]\nfast_seconds = = 3\nwatched_seconds = 3\n');
  await page().getByText('settings.toml, line 2: page.theme must be one of').first().waitFor();
  await page().getByText('settings.toml, line 5: intervals.fast_seconds cannot be read').first().waitFor();
  await session.restart();
  await show();
  const watched = page().getByRole('textbox', { name: 'Watched', exact: true });
  expect([await fast().inputValue(), await watched.inputValue()]).toEqual(['30', '3']);
  await typeInto(page(), fast(), '20');
  await page().keyboard.press('Enter');
  await eventually(() => readFile(file(), 'utf8')).toContain('\nfast_seconds = 20\nwatched_seconds = 3\n');
  const args = ['settings', 'set', 'page.theme', 'dark', '--json', '--data-folder', session.dataFolder];
  const { stdout, stderr } = await runCli(args, session.home);
  expect([JSON.parse(stdout), stderr]).toMatchObject([{ key: 'page.theme', value: 'dark', source: 'file' }, '']);
  await eventually(themeOf).toBe('dark');
});
