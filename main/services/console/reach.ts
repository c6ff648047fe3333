import { join } from 'node:path';
import { FaultError } from '../../contract/faults.ts';
import type { SshTarget, Target } from '../../contract/hosts.ts';
import type { Connect } from '../../domain/collect/transport.ts';
import { planRoute, type SshRoute, serverOf } from '../../domain/ssh/route.ts';
import type { SshWanted } from '../../domain/ssh/settings.ts';
import { createLocalConnect } from '../local/create-local-connect.ts';
import { createOpensshConnect, type OpensshOptions } from '../openssh/connect.ts';
import { createTicketCheck } from '../openssh/kerberos-ticket.ts';
import { hasOpenssh } from '../openssh/program.ts';
import { createAskedSecret } from '../ssh/asked-secret.ts';
import type { SshOptions } from '../ssh/connect.ts';
import { within } from '../ssh/deadline.ts';
import { sshLimits } from '../ssh/limits.ts';
import { passwordName } from '../ssh/password-name.ts';
import { runCommand } from '../ssh/run-command.ts';
import type { SecretKeeper } from '../ssh/secret-keeper.ts';
import { createSharedHops } from '../ssh/shared-hops.ts';
import { startShell } from '../ssh/shell-channel.ts';
import { createTurns, type Turns } from '../ssh/turns.ts';
import { createSshConfig, type SshConfig } from '../ssh-config/ssh-config.ts';
import { type Chosen, connectByEither } from './choose-connect.ts';

/** How hosts are reached, whatever the way. */
export interface Reach {
  readonly sshConfig: SshConfig;
  connectTo(target: Target): Connect;
  /** Forgets the password that was given for a target; one that cannot be made out has none. */
  forgetPassword(target: Target): Promise<void>;
  /** Somebody wants it tried now: what a host on the way refused before may be mended. */
  forgetRefusals(): void;
  /** Once every host is let go of. */
  close(): void;
}

interface ReachOptions {
  /** Where `.ssh` lies, and where `~` leads. */
  readonly home: string;
  readonly knownHostsFile: string;
  /** Left out: own. */
  readonly keepKeysIn?: () => 'own' | 'user';
  readonly secrets: SecretKeeper;
  readonly now: () => number;
}

/** sshd begins to turn connections away at ten that have not signed in. */
const mostPerServer = 6;
const mostHandshakes = 24;

export function createReach(options: ReachOptions): Reach {
  const { home, secrets } = options;
  const ssh: SshOptions = {
    ...options,
    hops: createSharedHops(),
    serverTurns: createTurns(mostPerServer),
    handshakeTurns: createTurns(mostHandshakes),
    hasOpenssh,
  };
  const sshConfig = createSshConfig({ home, file: null, mayRunExec: false });
  const hasTicket = createTicketCheck(options.now);
  const chosen: Chosen = { beyond: new Map(), consents: new Map() };

  return {
    sshConfig,
    connectTo(target) {
      if (target.transport === 'local') return createLocalConnect();
      if (target.transport === 'replay') {
        throw new FaultError('bad_input', 'connect', 'A dump is opened, not connected to.');
      }
      return async (prompts, signal) => {
        // Read anew for each connection: the technician's configuration is the truth.
        const wanted = wantedOf(target);
        const route = await planRoute(wanted, sshConfig.settingsOf);
        // With ssh2, which takes longer to load than the rest of a start: nothing waits for it but hosts that need it.
        const { createSshConnect } = await import('../ssh/connect.ts');
        const ways = {
          ssh2: createSshConnect(route, ssh),
          hasTicket,
          openssh: (reason: string): Connect => {
            const connect = createOpensshConnect(wanted, route, {
              ...opensshOptions(options),
              reason,
            });
            return inTurn(ssh.serverTurns, route, connect);
          },
        };
        return connectByEither(JSON.stringify(wanted), route, ways, chosen, prompts, signal);
      };
    },
    close: ssh.hops.closeIdle,
    forgetRefusals: ssh.hops.forgetRefusals,
    async forgetPassword(target) {
      if (target.transport !== 'ssh') return;
      const route = await planRoute(wantedOf(target), sshConfig.settingsOf).catch(() => null);
      const host = route?.hops.at(-1);
      if (host !== undefined) secrets.forget(passwordName(host, route?.hops.slice(0, -1)));
    },
  };
}

/** A process of its own signs in at each hop, so what counts is the server that all of them meet first. */
function inTurn(turns: Turns, { hops }: SshRoute, connect: Connect): Connect {
  return async (prompts, signal) => {
    const leave = await turns.take(serverOf({ hops: hops.slice(0, 1) }), signal);
    return connect(prompts, signal).finally(leave);
  };
}

/** The system's `ssh` starts its shells as ssh2 does, and asks for the same secrets. */
export function opensshOptions({ home, knownHostsFile, secrets, now }: ReachOptions): Omit<OpensshOptions, 'reason'> {
  return {
    configs: [join(home, '.ssh', 'config'), '/etc/ssh/ssh_config'],
    knownHostsFile,
    passwordName,
    askSecret: (what, question, ask) => createAskedSecret(what, question, secrets, ask),
    forgetSecret: secrets.forget,
    shells: {
      within,
      start: (link, signal) => startShell(link, sshLimits, signal),
      run: (link, line, limits) => runCommand(link, line, limits, sshLimits, now),
    },
  };
}

function wantedOf({ address, user, port, identityFiles, agent }: SshTarget): SshWanted {
  return { host: address, user, port, identityFiles, agent, jump: null };
}
