import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Sample } from '../../main/contract/samples.ts';
import { runCli } from '../cli.ts';
import { moreRounds } from '../lab/more-rounds.ts';
import { type Sshd, startSshd } from '../lab/sshd.ts';
import { type Load, startLoad } from '../load.ts';
import { AddHostDialog } from '../pages/add-host-dialog.ts';
import { FleetPage } from '../pages/fleet-page.ts';
import { HostPage } from '../pages/host-page.ts';
import { enterOn, typeInto } from '../pages/keyboard.ts';
import { ProcessesDialog } from '../pages/processes-dialog.ts';
import { type Session, startSession } from '../session.ts';

/** From a customer's slow host to the answer, and to a slice that may leave: in the page, and on the command line. */
const secret = 'Zq7-planted-Wk29xT';
const heavy = `e2e-reindex --password=${secret}`;
const folder = mkdtempSync(join(tmpdir(), 'rackside-diagnostics-'));
let session: Session;
let sshd: Sshd;
let load: Load | null = null;
let dump = '';

const page = () => session.shell.page;
const cli = async (...args: string[]) => runCli(['dump', ...args, '--data-folder', session.dataFolder], session.home);
const json = <Value>(text: string): Value[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

beforeAll(async () => {
  sshd = await startSshd();
  session = await startSession();
  await new FleetPage(page()).row('This machine', 'Live').waitFor();
  await new AddHostDialog(page()).add('tank', sshd);
});
afterAll(async () => {
  await load?.stop();
  await session?.close();
  await sshd?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('a capture over SSH, with a load in its middle', async () => {
  const host = new HostPage(page());
  dump = await host.record();
  await moreRounds(dump, 2);
  load = await startLoad(heavy);
  await host.openProcesses('cpu');
  const processes = new ProcessesDialog(page());
  const top = async () => (await processes.rows()).slice(0, 3).map(({ pid }) => pid);
  await expect.poll(top, { timeout: 30_000 }).toContain(load.pid);
  await processes.close();
  await load.stop();
  await host.stopRecording();
  const { code, stdout } = await cli('index', dump, '--json');
  const [status] = json<{ entries: number; torn: number; samples: number; sizes_trusted: boolean }>(stdout);
  expect([code, status?.torn, status?.sizes_trusted]).toEqual([0, 0, true]);
  expect(status?.samples).toBeGreaterThan(2);
});

test('on the command line: searched, its runs compared, replayed to the moment of the load', async () => {
  const found = await cli('search', dump, 'e2e-reindex', '--count', '--json');
  expect([found.code, json<{ hits: number }>(found.stdout)[0]?.hits]).toEqual([0, expect.any(Number)]);
  expect((await cli('search', dump, 'e2e-nowhere', '--count')).code).toBe(1);
  const runs = json<{ position: number }>((await cli('list', dump, '--command', "'^cpu' /proc/stat", '--json')).stdout);
  const [first, second] = runs.map(({ position }) => `${dump}:${position}`);
  const differing = await cli('diff', first ?? '', second ?? '');
  expect([differing.code, differing.stdout]).toEqual([1, expect.stringMatching(/^\+cpu /m)]);
  const { stdout } = await runCli(['replay', dump, '--json'], session.home);
  // On a machine that has more to do, others may be heavier.
  const heaviest = json<Sample>(stdout).flatMap(({ data }) => {
    const list = data.processes?.list.toSorted((a, b) => (b.cpu_percent ?? 0) - (a.cpu_percent ?? 0)) ?? [];
    return list.slice(0, 3).map(({ command }) => command);
  });
  expect(heaviest.some((command) => command?.startsWith(heavy))).toBe(true);
});

test('in the page: opened, searched, and followed to the processes of that moment', async () => {
  await page().keyboard.press('t');
  await page().keyboard.press('g');
  await page().keyboard.press('d');
  await enterOn(page(), page().getByRole('button', { name: /^Open .*tank-/ }));
  await page().getByRole('button', { name: 'Close replay' }).waitFor();
  await page().keyboard.press('c');
  await page().getByRole('listbox', { name: 'Entries' }).waitFor();
  await page().keyboard.press('/');
  await typeInto(page(), page().getByRole('searchbox', { name: 'Search in all outputs' }), 'e2e-reindex');
  await page().keyboard.press('Enter');
  await page()
    .getByText(/^[1-9]\d* hits? in \d+ entr/)
    .waitFor();
  await page().keyboard.press('Enter');
  await page().getByText('e2e-reindex').first().waitFor();
  await page().keyboard.press('Escape');
  await page().keyboard.press('Escape');
  await page().keyboard.press('h');
  await new HostPage(page()).openHeldProcesses();
  const processes = new ProcessesDialog(page());
  expect(await processes.recordedAt()).toBeLessThan(Date.now());
  await expect.poll(async () => (await processes.rows()).map(({ pid }) => pid)).toContain(load?.pid);
  await processes.close();
});

test('a slice for others holds no planted secret, in any file of it, and opens with the same counts', async () => {
  const to = join(folder, 'for-the-vendor');
  const sliced = await cli('slice', dump, '--to', to, '--redact', '--json');
  expect(sliced.code).toBe(0);
  const files = readdirSync(to);
  expect(files.toSorted()).toEqual(['commands.log', 'samples.log']);
  for (const file of files) {
    const bytes = readFileSync(join(to, file));
    expect([file, bytes.includes(secret), bytes.includes(secret.slice(0, 8))]).toEqual([file, false, false]);
  }
  const counts = async (path: string) => {
    const [told] = json<Record<string, unknown>>((await cli('index', path, '--json')).stdout);
    const { entries, samples, torn, lying, suspect, skipped_bytes } = told ?? {};
    return { entries, samples, torn, lying, suspect, skipped_bytes };
  };
  expect(await counts(to)).toEqual(await counts(dump));
});
