import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FortyHosts } from './lab/forty-hosts.ts';
import { startFortyHosts } from './lab/forty-hosts.ts';
import { startRawHost } from './lab/raw-host.ts';
import { AddHostDialog } from './pages/add-host-dialog.ts';
import { FleetPage } from './pages/fleet-page.ts';
import { HostPage } from './pages/host-page.ts';
import { enterOn, tabTo, typeInto } from './pages/keyboard.ts';
import { hideFocus, type Picture, takePictures } from './pictures.ts';
import { type Session, startSession } from './session.ts';

const inventory = `[web]
web[25:27].shop.example ansible_user=deploy
[db]
db06 ansible_host=192.0.2.66 ansible_user=postgres
db07 ansible_host=192.0.2.67 ansible_port=2222 ansible_user=postgres
[windows]
desk ansible_host=192.0.2.80 ansible_connection=winrm
`;

/** How hosts are reached: a configuration of forty of them is taken over, and one command is run on all that are live. */
export async function takeReachPictures(): Promise<void> {
  const session = await startSession();
  const [lab, attic] = await Promise.all([startFortyHosts(session.home), startRawHost('SSH-2.0-OpenSSH_9.2\r\n')]);
  try {
    const sections = `Host attic-gate\n  Port ${attic.port}\nHost attic\n  ProxyJump attic-gate\n`;
    await writeFile(join(session.home, '.ssh', 'conf.d', '30-attic.conf'), sections);
    await writeFile(join(session.home, 'inventory.ini'), inventory);
    await deployTo(lab);
    await takePictures(session.shell.page, pictures(session, lab));
  } finally {
    await session.close();
    await Promise.all([lab.stop(), attic.stop()]);
  }
}

/** What the command of the pictures asks for, in the homes of the hosts. */
async function deployTo({ homes }: FortyHosts): Promise<void> {
  const versions = { web: 'shop 4.2.1 (build 2211)\n', inner: 'shop 4.1.9 (build 2098)\n' } as const;
  for (const [name, version] of Object.entries(versions)) {
    const home = homes[name as keyof typeof versions];
    await mkdir(join(home, 'shop'), { recursive: true });
    await appendFile(join(home, 'shop', 'VERSION'), version);
  }
}

function pictures({ shell: { page } }: Session, lab: FortyHosts): Picture[] {
  const dialog = new AddHostDialog(page);
  const fleet = new FleetPage(page);
  const host = new HostPage(page);
  const search = page.getByRole('searchbox').first();

  async function open(name: string, state: string): Promise<void> {
    await fleet.show();
    // Of a long list only what is in view is there to be clicked.
    await search.fill(name);
    await fleet.row(name, state).click({ timeout: 60_000 });
    await host.waitFor(name);
    await hideFocus(page);
  }

  async function answer(form: string, text: string): Promise<void> {
    const field = page.getByRole('form', { name: form }).locator('input');
    await typeInto(page, field, text);
    await page.keyboard.press('Enter');
    await field.waitFor({ state: 'detached' });
  }

  /** Opens the first host that asks; null once none does. */
  async function openAsking(): Promise<string | null> {
    await fleet.show();
    await search.fill('state:needs');
    const row = page.getByRole('row', { name: /, Needs you/ }).first();
    const found = await row.waitFor({ timeout: 10_000 }).then(
      () => true,
      () => false,
    );
    if (!found) return null;
    await row.click();
    return page.getByRole('heading', { level: 1 }).textContent();
  }

  return [
    {
      name: 'add-config',
      show: async () => {
        await fleet.row('This machine', 'Live').waitFor();
        await dialog.open();
        await dialog.root.getByRole('button', { name: /^Add all/ }).waitFor();
      },
    },
    {
      name: 'connecting-hops',
      show: async () => {
        await enterOn(page, dialog.root.getByRole('button', { name: /^Add attic attic/ }));
        await dialog.root.getByText('at attic-gate').waitFor();
      },
      leave: () => page.keyboard.press('Escape'),
    },
    {
      name: 'add-file',
      show: async () => {
        await dialog.open();
        await enterOn(page, dialog.root.getByRole('tab').first());
        await page.keyboard.press('End');
        await typeInto(page, dialog.root.getByRole('textbox', { name: 'File' }), '~/inventory.ini');
        await page.keyboard.press('Enter');
        await dialog.root.getByRole('button', { name: /^Add \d+ hosts/ }).waitFor();
      },
      leave: () => page.keyboard.press('Escape'),
    },
    {
      name: 'asking-code',
      show: async () => {
        await dialog.open();
        await enterOn(page, dialog.root.getByRole('button', { name: /^Add all/ }));
        await dialog.root.waitFor({ state: 'detached', timeout: 120_000 });
        await openAsking();
        await answer('password', lab.secrets.password);
        await page.getByRole('form', { name: 'Prompts' }).waitFor();
      },
      leave: async () => {
        await answer('Prompts', lab.secrets.code);
        while ((await openAsking()) !== null) {
          await answer('password', lab.secrets.password);
          await answer('Prompts', lab.secrets.code);
        }
      },
    },
    { name: 'through-jumps', show: () => open('db03', 'Live') },
    { name: 'by-openssh', show: () => open('vault', 'Live') },
    { name: 'changed-key', show: () => open('reinstalled', '') },
    {
      name: 'fleet-forty',
      show: async () => {
        await fleet.show();
        await search.fill('');
        // What needs a person comes first.
        await enterOn(page, page.getByRole('columnheader', { name: 'State' }).getByRole('button'));
        await hideFocus(page);
      },
    },
    {
      name: 'run',
      show: async () => {
        await search.fill('state:live');
        await tabTo(page, page.locator('.fleet-scroll [tabindex="0"]'));
        for (const key of ['ControlOrMeta+a', 'r']) await page.keyboard.press(key);
        await dialog.root.getByText(/^Run a command on \d+ hosts/).waitFor();
        await page.keyboard.type('cd && cat shop/VERSION');
        await page.keyboard.press('Enter');
        await dialog.root.getByText(/^\d+ of \d+ hosts, /).waitFor();
      },
    },
  ];
}
