import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { FakeHost } from '../e2e/lab/fake-host.ts';
import { track } from '../e2e/lab/stopping.ts';
import { consoleContract } from '../main/contract/console.ts';
import { createClient } from '../main/contract/rpc/client.ts';
import { takeOrAttach } from '../main/services/owner/take-or-attach.ts';
import { openStore } from '../main/services/store/store.ts';
import { hostAt } from './lab-fleet.ts';

const root = join(import.meta.dirname, '..');

/** A shell attaches to an owner of its own version only. */
export function versionOfThis(): string {
  const manifest = readFileSync(join(root, 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}

export interface BuiltConsole {
  readonly pid: number;
  close(): Promise<void>;
}

/**
 * The built web shell as a user has it, in a process of its own, that keeps all ports of a fake host connected: known
 * and trusted, asked every so many seconds, without a page. `home` is where it finds and keeps everything.
 */
export async function startBuiltConsole(home: string, fake: FakeHost, fastSeconds: number): Promise<BuiltConsole> {
  const dataFolder = join(home, 'data');
  mkdirSync(join(home, '.ssh'), { mode: 0o700 });
  mkdirSync(dataFolder, { mode: 0o700 });
  const trusted = fake.ports.map((port) => `[${fake.address}]:${port} ${fake.hostKey.publicKey}\n`);
  writeFileSync(join(home, '.ssh', 'known_hosts'), trusted.join(''));
  writeFileSync(join(dataFolder, 'settings.toml'), `[intervals]\nfast_seconds = ${fastSeconds}\n`);
  const store = await openStore({ path: join(dataFolder, 'rackside.db') });
  for (const [index, port] of fake.ports.entries()) await store.saveHost(hostAt(index, port));
  await store.close();

  const entry = join(root, 'out', 'main', 'web.js');
  const { SSH_AUTH_SOCK: _notTheirs, ...environment } = process.env;
  const child = track(
    spawn(process.execPath, [entry, '--no-open', '--data-folder', dataFolder], {
      env: { ...environment, HOME: home },
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  );
  await served(child.stdout);
  await startFleet(dataFolder);
  return {
    pid: child.pid as number,
    close: async () => {
      child.kill('SIGTERM');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}

async function served(output: NodeJS.ReadableStream | null): Promise<void> {
  if (output === null) throw new Error('The web shell has no output.');
  for await (const line of createInterface({ input: output })) {
    if (!line.startsWith('Rackside: ')) continue;
    output.resume();
    return;
  }
  throw new Error('The web shell ended before it served: npm run build.');
}

/** Hosts are connected when somebody first looks at the fleet. */
async function startFleet(dataFolder: string): Promise<void> {
  const build = () => Promise.reject(new Error('The console has gone.'));
  const access = await takeOrAttach({ dataFolder, version: versionOfThis(), build });
  try {
    for await (const _fleet of createClient(consoleContract, access.connect())['fleet.watch']({})) break;
  } finally {
    await access.close();
  }
}
