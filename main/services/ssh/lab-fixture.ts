import { join } from 'node:path';
import type { SshTarget } from '../../contract/hosts.ts';
import type { SshRoute } from '../../domain/ssh/route.ts';
import type { SshSettings } from '../../domain/ssh/settings.ts';
import { settingsFixture } from '../../domain/ssh/settings-fixture.ts';
import type { SshOptions } from './connect.ts';
import { createSecretKeeper } from './secret-keeper.ts';
import { createSharedHops } from './shared-hops.ts';
import { createTurns } from './turns.ts';

/** What a target that says everything comes to without any configuration, for tests and benches. */
export function settingsTo(target: SshTarget, more: Partial<SshSettings> = {}): SshSettings {
  return settingsFixture({
    alias: target.address,
    port: target.port ?? 22,
    user: target.user ?? 'root',
    identityFiles: target.identityFiles,
    identityFilesNamed: true,
    ...more,
  });
}

export function routeTo(target: SshTarget, more: Partial<SshSettings> = {}): SshRoute {
  return { hops: [settingsTo(target, more)] };
}

/** A console's own files in a directory, and nothing remembered. */
export function optionsIn(directory: string): SshOptions {
  return {
    knownHostsFile: join(directory, 'known_hosts'),
    secrets: createSecretKeeper(),
    hops: createSharedHops(),
    serverTurns: createTurns(6),
    handshakeTurns: createTurns(24),
    now: () => performance.now(),
  };
}
