import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PveHost, startPveHost, whyNoPveHost } from '../lab/pve-host.ts';
import { AddHostDialog } from '../pages/add-host-dialog.ts';
import { violations } from '../pages/axe.ts';
import { FleetPage } from '../pages/fleet-page.ts';
import { Palette } from '../pages/palette.ts';
import { type Session, startSession } from '../session.ts';

const why = whyNoPveHost();
if (why !== null) process.stdout.write(`The page of a Proxmox host is not shown: ${why}\n`);

/** The page of a host with Proxmox VE, ZFS and containers, on which a disk, an NVMe disk and a container have failed. */
describe.skipIf(why !== null)('the page of a Proxmox host', () => {
  let host: PveHost;
  let session: Session;
  const page = () => session.shell.page;
  const part = (name: RegExp) => page().getByRole('region', { name });
  const index = () => page().getByRole('navigation', { name: 'Parts of this page' });

  beforeAll(async () => {
    [host, session] = await Promise.all([startPveHost(), startSession({ viewport: { width: 1280, height: 800 } })]);
    host.show('nvme and container fail');
    await new FleetPage(page()).show();
    await new AddHostDialog(page()).add('pve1', host);
    await index()
      .getByRole('button', { name: /^Disk health/ })
      .waitFor();
  });
  afterAll(async () => {
    await session?.close();
    await host?.stop();
  });

  test('tells how all of it is without scrolling', async () => {
    const told = await index().getByRole('button').allTextContents();
    expect(told).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^Pools 2tank .*sdc FAULTED/),
        expect.stringMatching(/^Disk health 6nvme1 /),
        'Guests 32 running',
        expect.stringMatching(/^Containers 2runner restarting/),
        expect.stringMatching(/^Units \d+smartmontools\.service failed$/),
      ]),
    );
    const bottom = await index().evaluate((element) => element.getBoundingClientRect().bottom);
    expect(bottom).toBeLessThan(800);
  });

  test('leads to each part by keyboard, and back', async () => {
    await page().keyboard.press('i');
    for (let moved = 0; moved < 30; moved += 1) {
      const here = await page().evaluate(() => document.activeElement?.textContent ?? '');
      if (here.startsWith('Disk health')) break;
      await page().keyboard.press('ArrowRight');
    }
    await page().keyboard.press('Enter');
    await expect.poll(() => page().evaluate(() => document.activeElement?.id)).toBe('smart');
    const rows = part(/^Health of disks \d/).getByRole('row');
    expect(await rows.nth(1).textContent()).toMatch(/nvme1.*failing.*spare below its threshold/);
    await page().keyboard.press('i');
    await expect.poll(() => page().evaluate(() => document.activeElement?.textContent)).toMatch(/^Disk health/);
    await new Palette(page()).choose('zfs pools', 'ZFS pools');
    await expect.poll(() => page().evaluate(() => document.activeElement?.id)).toBe('pools');
  });

  test('a pool shows its devices with every counter, and what failed first', async () => {
    const tank = part(/^tank$/);
    expect(await tank.textContent()).toMatch(/DEGRADED.*sdc FAULTED/);
    const lost = tank.getByRole('row', { name: /^sdc FAULTED/ });
    expect(await lost.getByRole('cell').allTextContents()).toEqual([
      'FAULTED',
      '31',
      '4',
      '12',
      '0',
      'too many errors',
    ]);
    expect(
      await part(/^Services/)
        .getByRole('table', { name: 'Failed units' })
        .textContent(),
    ).toContain('smartmontools');
  });

  test('a table is sorted by its columns, and each number answers', async () => {
    const guests = part(/^Guests \d/);
    await guests.getByRole('button', { name: 'Name', exact: true }).click();
    const names = () =>
      guests.getByRole('row').evaluateAll((rows) => rows.slice(1).map((row) => row.children[1]?.textContent));
    expect(await names()).toEqual([
      expect.stringMatching(/^build/),
      expect.stringMatching(/^db/),
      expect.stringMatching(/^web/),
    ]);
    await guests.locator('[data-paths*="memory_bytes"]').first().click();
    await page().getByRole('dialog').getByText('/etc/pve').first().waitFor();
    await page().keyboard.press('Escape');
  });

  test('breaks no rule that a machine can check', async () => {
    const found = await violations(page(), {
      within: ['.host-index', '.readings'],
      // What rows of hundreds of cells could break: all rules of so many nodes take a minute, and other suites hold them.
      rules: ['aria-required-children', 'aria-required-parent', 'button-name', 'scrollable-region-focusable'],
    });
    expect(found).toEqual([]);
    expect(session.shell.complaints).toEqual([]);
  });
});
