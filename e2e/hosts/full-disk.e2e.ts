import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { watchWithCli } from '../cli.ts';
import { FleetPage } from '../pages/fleet-page.ts';
import { HostPage } from '../pages/host-page.ts';
import { type Session, startSession } from '../session.ts';

/** A disk of its own that a test can fill; null, and said, where this user may not mount one. */
const folder = mkdtempSync(join(tmpdir(), 'rackside-disk-'));
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m,mode=700', 'tmpfs', folder], { encoding: 'utf8' });
const hindrance = mounted.status === 0 ? null : (mounted.error?.message ?? mounted.stderr.trim());
if (hindrance !== null) process.stderr.write(`No disk is filled: none can be mounted here (${hindrance}).\n`);

describe.skipIf(hindrance !== null)('on a disk that fills up', () => {
  let session: Session;
  const ballast = join(folder, 'ballast');

  beforeAll(async () => {
    session = await startSession({ dataFolder: join(folder, 'data') });
    await new FleetPage(session.shell.page).row('This machine', 'Live').waitFor();
  });
  afterAll(() => session?.close());

  function fill(): void {
    try {
      for (;;) writeFileSync(ballast, Buffer.alloc(4096), { flag: 'a' });
    } catch (error) {
      expect((error as NodeJS.ErrnoException).code).toBe('ENOSPC');
    }
  }

  test('collection goes on under a warning, which goes once there is room; a recording ends, and says so', async () => {
    const { page } = session.shell;
    await new FleetPage(page).open('This machine');
    await new HostPage(page).record();
    await page.goBack();
    const watch = watchWithCli('This machine', session);
    const warning = page.getByText('there is no room left on its disk');
    try {
      await expect.poll(() => watch.samples.length, { timeout: 20_000 }).toBeGreaterThan(0);
      fill();
      await page.getByText(/^Recording of This machine: .* is full: make room and start again\..*goes on\.$/).waitFor();
      await page.getByText('rec stopped').waitFor();
      await warning.waitFor({ timeout: 40_000 });
      const before = watch.samples.length;
      await expect.poll(() => watch.samples.length, { timeout: 20_000 }).toBeGreaterThan(before + 1);
      await new FleetPage(page).row('This machine', 'Live').waitFor();
      rmSync(ballast);
      await warning.waitFor({ state: 'detached', timeout: 40_000 });
    } finally {
      await watch.stop();
    }
  });
});

afterAll(() => {
  if (hindrance === null) spawnSync('umount', [folder]);
  rmSync(folder, { recursive: true, force: true });
});
