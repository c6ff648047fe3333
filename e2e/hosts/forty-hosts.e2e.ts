import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Connection, Host } from '../../main/contract/hosts.ts';
import { runCli } from '../cli.ts';
import { type FortyHosts, startFortyHosts } from '../lab/forty-hosts.ts';
import { FleetPage } from '../pages/fleet-page.ts';
import { HostPage } from '../pages/host-page.ts';
import { enterOn, typeInto } from '../pages/keyboard.ts';
import { type Session, startSession } from '../session.ts';

/** A technician's own configuration, taken over whole: within a minute every host is live, or says truly why not. */
let session: Session;
let lab: FortyHosts;

const page = () => session.shell.page;

beforeAll(async () => {
  session = await startSession();
  lab = await startFortyHosts(session.home);
});

afterAll(async () => {
  await session?.close();
  await lab?.stop();
});

/** What the console says of its hosts, by name. */
async function states(): Promise<Map<string, Connection>> {
  const { stdout } = await runCli(['hosts', '--json', '--data-folder', session.dataFolder], session.home);
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Host & { connection?: Connection });
  return new Map(lines.flatMap(({ name, connection }) => (connection === undefined ? [] : [[name, connection]])));
}

/** Answers what the bastion asks, on the page of the host that asks. */
async function signInToBastion(name: string): Promise<void> {
  await new FleetPage(page()).show();
  // Of a long list only what is in view is there to be clicked.
  await page().getByRole('searchbox').fill(name);
  await new FleetPage(page()).row(name, 'Needs you').click();
  await new HostPage(page()).waitFor(name);
  for (const [form, answer] of [
    ['password', lab.secrets.password],
    ['Prompts', lab.secrets.code],
  ] as const) {
    const field = page().getByRole('form', { name: form }).locator('input');
    await typeInto(page(), field, answer);
    await page().keyboard.press('Enter');
    await field.waitFor({ state: 'detached' });
  }
}

test('all forty are added at once, and those who need the technician say so', async () => {
  await page().getByRole('heading', { level: 1 }).waitFor();
  await page().keyboard.press('a');
  const dialog = page().getByRole('dialog');
  await enterOn(page(), dialog.getByRole('button', { name: `Add all ${lab.names.length}` }));
  await dialog.waitFor({ state: 'detached' });
  await expect
    .poll(async () => [...(await states()).keys()].sort(), { timeout: 20_000 })
    .toEqual([...lab.names, 'This machine'].sort());
});

test('the bastion is signed in to once for all that is behind it', async () => {
  const asking = async () => [...(await states())].filter(([, { state }]) => state === 'asking').map(([name]) => name);
  await expect
    .poll(async () => (await asking()).some((name) => name.startsWith('shop')), { timeout: 20_000 })
    .toBe(true);
  for (const name of await asking()) await signInToBastion(name);
  await expect.poll(asking, { timeout: 20_000 }).toEqual([]);
});

test('within a minute every host is live, or shows the one true sentence about why not', async () => {
  const summary = async () =>
    [...(await states())].map(([name, connection]) => {
      const expected = lab.troubled[name];
      if (expected === undefined) return `${name}: ${connection.state}`;
      const fault = connection.state === 'waiting' || connection.state === 'stopped' ? connection.fault : null;
      const isTrue = connection.state === expected.state && expected.says.test(fault?.message ?? '');
      return `${name}: ${isTrue ? 'truly told' : `${connection.state}, ${fault?.message}`}`;
    });
  const wanted = [...lab.names, 'This machine'].map(
    (name) => `${name}: ${lab.troubled[name] === undefined ? 'live' : 'truly told'}`,
  );
  await expect.poll(async () => (await summary()).sort(), { timeout: 55_000 }).toEqual(wanted.sort());
  const by = new Map(
    [...(await states())].map(([name, connection]) => [name, connection.state === 'live' ? connection.by : '']),
  );
  expect(by.get('db03')).toMatch(/through jump1 and jump2$/);
  expect(by.get('shop02')).toMatch(/through bastion$/);
  expect(by.get('vault')).toMatch(/certificate/);
}, 90_000);

test('nothing secret lies in the data folder, the home, or a process list', async () => {
  const { password, code } = lab.secrets;
  // The page and the console hold them in memory; nothing else may.
  const found = [session.dataFolder, session.home].flatMap((folder) =>
    grep(password, folder).concat(grep(`\\b${code}\\b`, folder)),
  );
  expect(found).toEqual([]);
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const telling = processes.filter((pid) =>
    ['cmdline', 'environ'].some((file) => readOrNothing(`/proc/${pid}/${file}`).includes(password)),
  );
  // The lab's own server has to know its password.
  expect(telling.filter((pid) => !readOrNothing(`/proc/${pid}/environ`).includes('FAKE_HOST='))).toEqual([]);
});

function grep(pattern: string, folder: string): string[] {
  try {
    return execFileSync('grep', ['-rlaE', pattern, folder], { encoding: 'utf8' }).trim().split('\n');
  } catch {
    return [];
  }
}

function readOrNothing(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
