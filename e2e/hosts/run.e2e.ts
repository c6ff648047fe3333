import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCli } from '../cli.ts';
import { type Sshd, startSshd } from '../lab/sshd.ts';
import { AddHostDialog } from '../pages/add-host-dialog.ts';
import { violations } from '../pages/axe.ts';
import { FleetPage } from '../pages/fleet-page.ts';
import { enterOn, tabTo } from '../pages/keyboard.ts';
import { type Session, startSession } from '../session.ts';

/** One command on three hosts, by keyboard alone: each host has a program of its own to answer it. */
const programs = {
  web1: 'echo "version 1"',
  web2: 'echo "version 2" >&2; exit 3',
  web3: '[ "$1" = quick ] && echo "version 1" && exit; echo half; exec sleep 600.25',
} as const;
const directory = mkdtempSync(join(tmpdir(), 'rackside-run-'));
let session: Session;
const hosts: Sshd[] = [];

const page = () => session.shell.page;
const dialog = () => page().getByRole('dialog');
const result = (name: string | RegExp) => dialog().getByRole('region', { name });

beforeAll(async () => {
  session = await startSession();
  await new FleetPage(page()).row('This machine', 'Live').waitFor();
  for (const [name, program] of Object.entries(programs)) {
    const path = mkdtempSync(join(directory, name));
    writeFileSync(join(path, 'lab-version'), `#!/bin/sh\n${program}\n`, { mode: 0o755 });
    const host = await startSshd({ path });
    hosts.push(host);
    await new FleetPage(page()).show();
    await new AddHostDialog(page()).add(name, host);
  }
  await new FleetPage(page()).show();
  await new FleetPage(page()).row('web3', 'Live').waitFor();
});
afterAll(async () => {
  await session?.close();
  await Promise.all(hosts.map((host) => host.stop()));
  rmSync(directory, { recursive: true, force: true });
});

async function run(line: string): Promise<void> {
  await page().keyboard.type(line);
  await page().keyboard.press('Enter');
}

test('what differs is seen first, and one that hangs holds nobody', async () => {
  await tabTo(page(), page().locator('.fleet-scroll [tabindex="0"]'));
  for (const key of ['End', 'Space', 'Shift+ArrowUp', 'Shift+ArrowUp', 'r']) await page().keyboard.press(key);
  await dialog().getByText('Run a command on 3 hosts').waitFor();
  await run('lab-version');
  await result('1 host, exit 0').getByText('version 1').waitFor();
  await result('1 host, exit 3').getByText('version 2').waitFor();
  await dialog().getByText('1 host still at it: web3').waitFor();
  expect(await violations(page())).toEqual([]);
});

test('ended everywhere, it is told as cancelled, and the command can be run again', async () => {
  await enterOn(page(), dialog().getByRole('button', { name: 'End it everywhere' }));
  await result('1 host, cancelled').waitFor();
  await dialog().getByText('3 of 3 hosts, 2 with a failure').waitFor();
  await tabTo(page(), dialog().getByRole('textbox', { name: 'Command' }));
  await page().keyboard.press('End');
  await run(' quick');
  await result('2 hosts, exit 0').getByText('web1, web3').waitFor();
  const regions = await dialog()
    .locator('.run-group')
    .evaluateAll((all) => all.map((one) => one.ariaLabel));
  expect(regions).toEqual(['1 host, exit 3', '2 hosts, exit 0']);
});

test('a run goes on while its dialog is closed, and tells its end', async () => {
  await tabTo(page(), dialog().getByRole('textbox', { name: 'Command' }));
  await page().keyboard.press('ControlOrMeta+a');
  await run('while ! [ -e "$HOME/go" ]; do sleep 0.05; done');
  await dialog().getByText('3 hosts still at it').waitFor();
  await page().keyboard.press('Escape');
  await dialog().waitFor({ state: 'detached' });
  for (const host of hosts) writeFileSync(join(host.directory, 'go'), '');
  await enterOn(page(), page().getByRole('button', { name: 'Show' }));
  await result('3 hosts, exit 0').getByText('It printed nothing.').waitFor();
  await page().keyboard.press('Escape');
});

test('the command line tells equal output once, and its exit code tells that not all went well', async () => {
  const args = ['run', '--hosts', 'web1,web2,web3', '--data-folder', session.dataFolder, '--', 'lab-version', 'quick'];
  const { code, stdout, stderr } = await runCli(args, session.home);
  expect({ code, stdout: stdout.replace(/, [\d.]+ m?s( to [\d.]+ m?s)?\)/g, ')'), stderr }).toEqual({
    code: 1,
    stdout: '2 hosts: web1, web3 (exit 0)\nversion 1\n\n1 host: web2 (exit 3)\nstderr: version 2\n',
    stderr: '',
  });
  const json = await runCli(['run', '--hosts', 'web1', '--json', ...args.slice(3)], session.home);
  const { host, state, exit, stdout: said } = JSON.parse(json.stdout);
  expect([json.code, host, state, exit, said]).toEqual([0, 'web1', 'done', 0, 'version 1\n']);
  expect((await runCli(['run', '--', 'true'], session.home)).code).toBe(2);
});
