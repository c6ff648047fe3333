import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runCli } from './cli.ts';
import { startSshd } from './lab/sshd.ts';
import { atWork, type Load, startLoad } from './load.ts';
import { AddHostDialog } from './pages/add-host-dialog.ts';
import { DumpPage } from './pages/dump-page.ts';
import { FleetPage } from './pages/fleet-page.ts';
import { HostPage } from './pages/host-page.ts';
import { Palette } from './pages/palette.ts';
import { hideFocus, type Picture, takePictures } from './pictures.ts';
import { startSession } from './session.ts';

/** A pool that is whole until somebody pulls a disk. */
const pool = `#!/bin/sh
state=ONLINE; errors=0; note='No known data errors'
[ -e "$0.pulled" ] && state=DEGRADED && errors=12
cat <<END
  pool: tank
 state: $state
  scan: scrub repaired 0B in 05:41:22 with 0 errors on Sun Nov 15 06:05:24 2026
config:

	NAME                                  STATE     READ WRITE CKSUM
	tank                                  $state     0     0     0
	  raidz1-0                            $state     0     0     0
	    ata-WDC_WD80EFZX-68UW8N0_VK0T4HYY  ONLINE       0     0     0
	    ata-WDC_WD80EFZX-68UW8N0_VK0T7KLD  $state     0     0    $errors
	    ata-WDC_WD80EFZX-68UW8N0_VKH8M2PX  ONLINE       0     0     0

errors: $note
END
`;

const services = ['postgres', 'nginx', 'smbd', 'pveproxy'];

/** A customer's dump: a pool that degrades while something keeps the host busy, and what a technician finds in it. */
export async function takeDumpPictures(): Promise<void> {
  const programs = mkdtempSync(join(tmpdir(), 'rackside-pictures-'));
  const zpool = join(programs, 'zpool');
  writeFileSync(zpool, pool, { mode: 0o755 });
  const [tank, session] = await Promise.all([startSshd({ path: programs }), startSession()]);
  const atWorkAll = await Promise.all(services.map((name) => startLoad(name, atWork)));
  const { page } = session.shell;
  const host = new HostPage(page);
  const dump = new DumpPage(page);
  const palette = new Palette(page);
  let heavy: Load | null = null;

  async function status(): Promise<void> {
    const args = ['run', '--hosts', 'tank', '--data-folder', session.dataFolder, '--', 'zpool status tank'];
    const { code, stderr } = await runCli(args, session.home);
    if (code !== 0) throw new Error(stderr);
  }

  async function capture(): Promise<string> {
    await new FleetPage(page).show();
    await new AddHostDialog(page).add('tank', tank);
    const directory = await host.record();
    for (let round = 0; round < 3; round += 1) {
      await status();
      await sleep(6000);
    }
    heavy = await startLoad('restic backup --password=hunter2-in-argv --repo sftp:offsite');
    writeFileSync(`${zpool}.pulled`, '');
    for (let round = 0; round < 3; round += 1) {
      await sleep(6000);
      await status();
    }
    await heavy.stop();
    await sleep(6000);
    await host.stopRecording();
    await page.keyboard.press('t');
    await page.keyboard.press('Escape');
    return directory;
  }

  const pictures: readonly Picture[] = [
    {
      name: 'dump',
      show: async () => {
        const directory = await capture();
        await new FleetPage(page).show();
        await dump.open(directory);
        await dump.search('No known data errors');
        await dump.press('n');
        await dump.chosen.waitFor();
        await hideFocus(page);
      },
    },
    {
      name: 'dump-search',
      show: async () => {
        await dump.search('DEGRADED');
        await dump.press('n');
        await dump.output.getByText('DEGRADED').first().waitFor();
        await hideFocus(page);
      },
    },
    {
      name: 'dump-diff',
      show: async () => {
        await dump.press('d');
        await page.getByRole('button', { name: 'Swap' }).waitFor();
        await hideFocus(page);
      },
      leave: () => dump.press('d'),
    },
    { name: 'dump-commands', show: () => dump.tab('Commands') },
    {
      name: 'dump-samples',
      show: async () => {
        await dump.tab('Samples');
        await page.getByRole('option').nth(12).click();
        await hideFocus(page);
      },
      leave: () => dump.tab('Entries'),
    },
    {
      name: 'dump-export',
      show: async () => {
        await palette.choose('Export a part', 'Export a part of the dump …');
        await page
          .getByRole('dialog')
          .getByText(/to replace in/)
          .waitFor();
      },
      leave: () => page.keyboard.press('Escape'),
    },
    {
      name: 'replay-instant',
      show: async () => {
        await dump.press('h');
        await page.getByRole('button', { name: 'Close replay' }).waitFor();
      },
    },
  ];

  try {
    await takePictures(page, pictures);
  } finally {
    await session.close();
    await Promise.all([tank, ...atWorkAll].map((started) => started.stop()));
    rmSync(programs, { recursive: true, force: true });
  }
}
