import { join } from 'node:path';
import type { SshTarget } from '../../contract/hosts.ts';
import type { SshSettings, SshWanted } from '../../domain/ssh/settings.ts';
import { settingsFixture } from '../../domain/ssh/settings-fixture.ts';

/** What a test gives to `ssh` for a lab host. */
export function wantedOf(target: SshTarget, more: Partial<SshWanted> = {}): SshWanted {
  const { address, port, user, identityFiles, agent } = target;
  return { host: address, port, user, identityFiles, agent, jump: null, ...more };
}

/** What a configuration in that directory says of it, as far as tests need it; its known hosts are the directory's own. */
export function settingsIn(directory: string, target: SshTarget, more: Partial<SshSettings> = {}): SshSettings {
  return settingsFixture({
    alias: target.address,
    port: target.port ?? 22,
    user: target.user ?? 'root',
    identityFiles: target.identityFiles,
    userKnownHostsFiles: [join(directory, 'user_known_hosts')],
    ...more,
  });
}
