import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PveHost, startPveHost, whyNoPveHost } from '../lab/pve-host.ts';
import { AddHostDialog } from '../pages/add-host-dialog.ts';
import { FleetPage } from '../pages/fleet-page.ts';
import { SourceDialog } from '../pages/source-dialog.ts';
import { type Session, startSession } from '../session.ts';

/** A host with Proxmox VE and ZFS on its worst day: its page tells all of it at one look, each with its bytes. */
const hindrance = whyNoPveHost();
let session: Session;
let host: PveHost;

const page = () => session.shell.page;

beforeAll(async () => {
  if (hindrance !== null) {
    process.stderr.write(`The page of a host with Proxmox VE and ZFS is not tested: ${hindrance}.\n`);
    return;
  }
  host = await startPveHost();
  host.show('nvme and container fail');
  session = await startSession({ viewport: { width: 1280, height: 800 } });
  await new FleetPage(page()).row('This machine', 'Live').waitFor();
  await new AddHostDialog(page()).add('pve1', host);
}, 120_000);
afterAll(async () => {
  await session?.close();
  await host?.stop();
});

test.skipIf(hindrance !== null)('all that is wrong is told at one look, without scrolling', async () => {
  const index = page().getByRole('navigation', { name: 'Parts of this page' });
  await expect
    .poll(() => index.getByRole('button').allTextContents(), { timeout: 30_000 })
    .toEqual(
      expect.arrayContaining([
        'Pools 2tank sdc FAULTED: too many errors, 2 more',
        'Disk health 6nvme1 the disk says that it is failing',
        'Containers 2runner restarting, 9 restarts, exit 137',
        'Units 8smartmontools.service failed',
        'Guests 32 running',
        'Datasets 66 snapshots',
      ]),
    );
  const place = await index.boundingBox();
  expect((place?.y ?? 0) + (place?.height ?? 0)).toBeLessThanOrEqual(800);
  expect(place?.y).toBeGreaterThan(0);
});

/** As the list has it, and the command whose output says so. */
const wrong = [
  [/^pool tank DEGRADED: sdc FAULTED: too many errors, sdc 31 read errors/, /zpool status/],
  [/^nvme1 the disk says that it is failing, spare below its threshold, 97 % worn$/, /smartctl/],
  [/^container runner restarting, 9 restarts, exit 137$/, /docker ps/],
  [/^1 unit failed: smartmontools\.service$/, /systemctl list-units/],
] as const;

test.skipIf(hindrance !== null).each(wrong)(
  'the list of what is wrong has %s, in sight, and one click from its output',
  async (words, command) => {
    const finding = page().getByRole('region', { name: 'Health', exact: true }).getByText(words);
    await finding.waitFor();
    const place = await finding.boundingBox();
    expect((place?.y ?? 0) + (place?.height ?? 0)).toBeLessThanOrEqual(800);
    await finding.click();
    const source = new SourceDialog(page());
    await source.waitFor();
    await source.root.locator('.output-command').filter({ hasText: command }).first().waitFor();
    await source.close();
  },
);

/** What is wrong, where the reading stands, and the line of the output that says so. */
const troubles = [
  ['a disk that the pool lost', ['zfs', 'pools', 1, 'vdevs', 3, 'read_errors'], /^\s*sdc\s+FAULTED\s+31\s+4\s+12\b/],
  ['a disk that wears out', ['smart', 'disks', 5, 'worn_percent'], /"percentage_used": 97/],
  ['a unit that failed', ['units', 'failed', 0, 'active'], /^smartmontools\.service\s+loaded\s+failed\s+failed/],
] as const;

test.skipIf(hindrance !== null).each(troubles)('%s: one click leads to the bytes', async (_what, path, line) => {
  const source = new SourceDialog(page());
  await page()
    .locator(`[data-paths='${JSON.stringify([path])}']`)
    .first()
    .dispatchEvent('click');
  await source.waitFor();
  await source.root.locator('.output-cell').filter({ hasText: line }).first().waitFor();
  await source.close();
});

test.skipIf(hindrance !== null)('what was mended is seen at once by who asks, not when it is asked again', async () => {
  const index = page().getByRole('navigation', { name: 'Parts of this page' });
  const pools = index.getByRole('button', { name: /^Pools/ });
  await expect.poll(() => pools.textContent()).toContain('FAULTED');
  host.show('calm');
  await page().keyboard.press('u');
  await expect.poll(() => pools.textContent()).not.toContain('FAULTED');
  await expect.poll(() => index.getByRole('button', { name: /^Disk health/ }).textContent()).not.toContain('failing');
});
