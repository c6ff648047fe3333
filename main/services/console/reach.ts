import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { FaultError } from '../../contract/faults.ts';
import type { SshTarget, Target } from '../../contract/hosts.ts';
import type { Connect } from '../../domain/collect/transport.ts';
import { planRoute } from '../../domain/ssh/route.ts';
import type { SshSettings, SshWanted } from '../../domain/ssh/settings.ts';
import { createLocalConnect } from '../local/create-local-connect.ts';
import { passwordName } from '../ssh/authentication.ts';
import { createSshConnect, type SshOptions } from '../ssh/connect.ts';
import type { SecretKeeper } from '../ssh/secret-keeper.ts';
import { createSharedHops } from '../ssh/shared-hops.ts';
import { createTurns } from '../ssh/turns.ts';

/** How hosts are reached, whatever the way. */
export interface Reach {
  readonly sshDirectory: string;
  connectTo(target: Target): Connect;
  /** Forgets the password that was given for a target; one that cannot be made out has none. */
  forgetPassword(target: Target): Promise<void>;
  /** Once every host is let go of. */
  close(): void;
}

interface ReachOptions {
  readonly sshDirectory: string;
  readonly knownHostsFile: string;
  readonly secrets: SecretKeeper;
  readonly now: () => number;
}

/** sshd begins to turn connections away at ten that have not signed in. */
const mostPerServer = 6;
const mostHandshakes = 24;

export function createReach(options: ReachOptions): Reach {
  const { sshDirectory, secrets } = options;
  const ssh: SshOptions = {
    ...options,
    hops: createSharedHops(),
    serverTurns: createTurns(mostPerServer),
    handshakeTurns: createTurns(mostHandshakes),
  };
  const settingsOf = async (wanted: SshWanted) => plainSettings(wanted, sshDirectory);

  return {
    sshDirectory,
    connectTo(target) {
      if (target.transport === 'local') return createLocalConnect();
      if (target.transport === 'replay') {
        throw new FaultError('bad_input', 'connect', 'A dump is opened, not connected to.');
      }
      return async (prompts, signal) => {
        // Read anew for each connection: the technician's configuration is the truth.
        const route = await planRoute(wantedOf(target), settingsOf);
        return createSshConnect(route, ssh)(prompts, signal);
      };
    },
    close: ssh.hops.closeIdle,
    async forgetPassword(target) {
      if (target.transport !== 'ssh') return;
      const settings = await settingsOf(wantedOf(target)).catch(() => null);
      if (settings !== null) secrets.forget(passwordName(settings));
    },
  };
}

function wantedOf({ address, user, port, identityFiles, agent }: SshTarget): SshWanted {
  return { host: address, user, port, identityFiles, agent, jump: null };
}

function plainSettings(wanted: SshWanted, sshDirectory: string): SshSettings {
  const files = wanted.identityFiles.map((path) => (path.startsWith('~/') ? join(homedir(), path.slice(1)) : path));
  return {
    alias: wanted.host,
    hostName: wanted.host,
    port: wanted.port ?? 22,
    user: wanted.user ?? userInfo().username,
    addressFamily: 'any',
    bindAddress: null,
    connectTimeout: null,
    serverAlive: { interval: 0, countMax: 3 },
    proxy: { kind: 'none' },
    identityFiles:
      files.length > 0 ? files : ['id_rsa', 'id_ecdsa', 'id_ed25519'].map((name) => join(sshDirectory, name)),
    identityFilesNamed: files.length > 0,
    certificateFiles: [],
    identitiesOnly: false,
    identityAgent: wanted.agent ? (process.env.SSH_AUTH_SOCK ?? null) : null,
    authentications: ['publickey', 'keyboard-interactive', 'password'],
    passwordPrompts: 3,
    hostKeyAlias: null,
    userKnownHostsFiles: [join(sshDirectory, 'known_hosts')],
    globalKnownHostsFiles: ['/etc/ssh/ssh_known_hosts'],
    knownHostsCommand: null,
    revokedHostKeys: null,
    strictHostKeyChecking: 'ask',
    hashKnownHosts: false,
    updateHostKeys: true,
    algorithms: { ciphers: null, macs: null, keyExchange: null, hostKey: null, publicKey: null },
    compression: false,
    environment: {},
    pkcs11Provider: null,
    gssapi: false,
    unrunExecs: [],
  };
}
