import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type WrittenDump, writeDump } from '../lab/write-dump.ts';
import { DumpPage } from '../pages/dump-page.ts';
import { type Session, startSession } from '../session.ts';

/** From an unknown dump to the answer: what failed, where a word is, how a run differs, what it went into. */
let session: Session;
let folder: string;
let dump: WrittenDump;
let viewer: DumpPage;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rackside-viewer-'));
  dump = await writeDump(join(folder, 'customer'));
  session = await startSession();
  viewer = new DumpPage(session.shell.page);
  await viewer.open(dump.path);
});
afterAll(async () => {
  await session?.close();
  await rm(folder, { recursive: true, force: true });
});

test('all entries are listed, and the keys move among them', async () => {
  await viewer.waitForCount(dump.entries);
  await viewer.press('End');
  await viewer.waitForChosen(dump.entries - 1);
  await viewer.press('Home');
  await viewer.waitForChosen(0);
  await viewer.press('j', 'j', 'k');
  await viewer.waitForChosen(1);
  await viewer.press('}');
  await viewer.waitForChosen(99);
  await viewer.press(']');
  await viewer.waitForChosen(104);
});

test('a filter never loses the place, and is taken away piece by piece', async () => {
  const { page } = session.shell;
  await viewer.press('{');
  await viewer.waitForChosen(99);
  await page.getByRole('button', { name: 'failed', exact: true }).click();
  await viewer.waitForCount(dump.failed);
  expect(await viewer.chosen.textContent()).toContain('exit 1');
  await page.getByRole('button', { name: 'Clear all' }).click();
  await viewer.waitForCount(dump.entries);
  await viewer.waitForChosen(99);
});

test('what a host printed is text: colours, titles and directions are seen and not obeyed, bytes are bytes', async () => {
  const { page } = session.shell;
  await viewer.search('DEGRADED');
  await viewer.press('n');
  await viewer.waitForChosen(1000);
  await viewer.output.getByText('\\x1b]0;pwned\\x07').waitFor();
  expect(await viewer.output.textContent()).toContain('\\x1b[31m');
  expect(await viewer.output.locator('mark').textContent()).toBe('DEGRADED');
  await viewer.search('ELF');
  await viewer.press('n');
  await page.getByRole('region', { name: 'Its bytes as hexadecimal' }).getByText('7f 45 4c 46 00 01 02 03').waitFor();
});

test('a word behind a line of a megabyte is counted, gone to and shown', async () => {
  await viewer.search('needle');
  expect(await viewer.told.textContent()).toBe('1 hit in 1 entry');
  await viewer.press('n');
  await viewer.waitForChosen(2000);
  await viewer.output.locator('mark.hit-here').getByText('needle').waitFor();
  const { page } = session.shell;
  await page.getByRole('button', { name: 'only entries with hits' }).click();
  await viewer.waitForCount(1);
  await page.getByRole('button', { name: 'Clear all' }).click();
  await viewer.waitForCount(dump.entries);
});

test('a run beside the one before, a bookmark, and the host at that instant and back', async () => {
  const { page } = session.shell;
  await viewer.press('Home');
  await viewer.waitForChosen(0);
  await viewer.press('}');
  await viewer.waitForChosen(99);
  await viewer.press('d');
  const difference = page.getByRole('region', { name: 'Difference' });
  await difference.getByText('error: no such device').waitFor();
  await viewer.press('d', 'b');
  await page.getByLabel('Note', { exact: true }).fill('the first failure');
  await page.keyboard.press('Enter');
  await viewer.tab('Notes');
  await page.getByRole('list', { name: 'Notes' }).getByText('the first failure').waitFor();
  await viewer.tab('Entries');
  await viewer.press('h');
  await page.getByRole('heading', { name: /^Commands around 2026-11-27/ }).waitFor();
  await page.keyboard.press('c');
  await viewer.waitForChosen(99);
});

test('the table of commands filters, samples say what changed, and tables are saved', async () => {
  const { page } = session.shell;
  await viewer.tab('Commands');
  await page.getByRole('table', { name: 'Commands' }).getByRole('button', { name: 'dmesg -T' }).click();
  await viewer.waitForCount(dump.entries / 5);
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the entries listed as CSV' }).click();
  const csv = await readFile(await (await saved).path(), 'utf8');
  expect(csv.split('\r\n').length).toBe(dump.entries / 5 + 2);
  await page.getByRole('button', { name: 'Clear all' }).click();
  await viewer.tab('Samples');
  const values = page.getByRole('region', { name: 'Values' });
  await values.getByText('<img src=x onerror=alert(1)>').waitFor();
  await page.getByRole('listbox', { name: 'Samples' }).focus();
  await page.keyboard.press('End');
  await values.getByText('changed').first().waitFor();
});

test('a dump that lies on a host is found there, looked at where it lies, and taken whole', async () => {
  const { page } = session.shell;
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Diagnostics' }).click();
  await page.getByRole('button', { name: 'On a host …' }).click();
  const dialog = page.getByRole('dialog', { name: 'Open a dump on a host' });
  await dialog.getByText('Name the folder').waitFor();
  await dialog.getByLabel('Folder').fill(folder);
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: dump.path }).click();
  await viewer.waitForCount(dump.entries);
  await viewer.choose(1);
  await viewer.output.waitFor();
  await page.getByRole('button', { name: 'Take all of it' }).click();
  await page.getByText('All of the dump is here, with the same checksums.').waitFor();
  await page.getByRole('button', { name: 'Take all of it' }).waitFor({ state: 'detached' });
  await viewer.search('DEGRADED');
});

test('what is dropped on the window is opened from any view; where a page is not told its path, that is asked for', async () => {
  const { page } = session.shell;
  const drop = (type: string, value: string) =>
    page.evaluate(
      ([kind = '', text = '']) => {
        const dataTransfer = new DataTransfer();
        if (kind === 'file') dataTransfer.items.add(new File([''], text));
        else dataTransfer.setData(kind, text);
        for (const name of ['dragover', 'drop']) {
          const event = new DragEvent(name, { bubbles: true, cancelable: true, dataTransfer });
          document.body.dispatchEvent(event);
          if (!event.defaultPrevented) throw new Error(`The browser would have taken the ${name} for itself.`);
        }
      },
      [type, value],
    );
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
  await drop('file', 'case.tar.gz');
  await page.getByText('case.tar.gz: a page is not told where a dropped file lies').waitFor();
  await page.getByRole('link', { name: 'Fleet' }).click();
  await page.getByRole('heading', { name: 'Fleet', level: 1 }).waitFor();
  await drop('text/uri-list', `file://${dump.path}`);
  await page.getByRole('button', { name: 'Close replay' }).waitFor();
});
