import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeKey, runTool } from '../lab/keys.ts';
import { type Sshd, startSshd } from '../lab/sshd.ts';
import { AddHostDialog } from '../pages/add-host-dialog.ts';
import { HostPage } from '../pages/host-page.ts';
import { type Session, startSession } from '../session.ts';

/** A host that lets in by certificate only, which ssh2 cannot. */
let sshd: Sshd;
let session: Session;
let directory: string;
let keyFile: string;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'rackside-certificate-'));
  const authority = makeKey(directory, 'authority');
  keyFile = makeKey(directory, 'id_mine').file;
  [sshd, session] = await Promise.all([
    startSshd({ config: [`TrustedUserCAKeys ${authority.file}.pub`] }),
    startSession(),
  ]);
  runTool('ssh-keygen', ['-q', '-s', authority.file, '-I', 'me', '-n', sshd.user, `${keyFile}.pub`]);
});

afterAll(async () => {
  await session?.close();
  await sshd?.stop();
  rmSync(directory, { recursive: true, force: true });
});

test('a host that wants a certificate is reached by the system’s ssh, and its page says by what and why', async () => {
  const { page } = session.shell;
  const dialog = new AddHostDialog(page);
  await dialog.open();
  await dialog.connectTo({ ...sshd, name: 'certified', keyFile });
  await dialog.trust();
  const host = new HostPage(page);
  await host.waitFor('certified');
  await host.cpuGauge.waitFor();
  const by = page.getByText(
    /the system’s ssh \(OpenSSH [\d.]+\), because there is a certificate for it \(id_mine-cert\.pub\)/,
  );
  await by.waitFor();
  await expect.poll(() => host.cpuPercent(), { timeout: 20_000 }).toBeGreaterThanOrEqual(0);
});
