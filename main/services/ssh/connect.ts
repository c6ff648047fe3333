import { join } from 'node:path';
import type { SshTarget } from '../../contract/hosts.ts';
import type { Connect, Transport } from '../../domain/collect/transport.ts';
import { agentKeysOf } from './agent.ts';
import { handshake } from './handshake.ts';
import { prepareHostKeyCheck } from './host-key.ts';
import { readKeyFiles } from './key-file.ts';
import { type SshLimits, sshLimits } from './limits.ts';
import { createLink, type Link } from './link.ts';
import { hasNativeCrypto } from './native-crypto.ts';
import { openSocket } from './open-socket.ts';
import { resolveName } from './resolve-name.ts';
import { runCommand } from './run-command.ts';
import type { SecretKeeper } from './secret-keeper.ts';
import { startShell } from './shell-channel.ts';

export interface SshOptions {
  /** The technician's own ssh files, `~/.ssh`: known hosts and default keys are read there, nothing is written. */
  readonly sshDirectory: string;
  /** Where keys of hosts go that the technician trusted. */
  readonly knownHostsFile: string;
  /** Known hosts of the whole machine. */
  readonly systemKnownHostsFile: string;
  /** Where the ssh-agent listens (`SSH_AUTH_SOCK`); null when there is none. */
  readonly agentSocket: string | null;
  readonly secrets: SecretKeeper;
  /** Milliseconds that only go forward, for durations. */
  readonly now: () => number;
  readonly limits?: Partial<SshLimits>;
}

/**
 * How to connect to a host by SSH. The steps `dns` to `authentication` are told while connecting, `channel` when the
 * first program is started. Throws a `FaultError` that names the step; the socket is destroyed by then.
 */
export function createSshConnect(target: SshTarget, options: SshOptions): Connect {
  const limits = { ...sshLimits, ...options.limits };
  return async (prompts, signal) => {
    prompts.onStep('dns');
    // Before the socket is open: a host that hangs up at once must find somebody listening.
    const [addresses, hostKey, credentials] = await Promise.all([
      resolveName(target.address, limits.dnsMs, signal),
      prepareHostKeyCheck(target, {
        read: [join(options.sshDirectory, 'known_hosts'), options.systemKnownHostsFile],
        own: options.knownHostsFile,
      }),
      gatherCredentials(target, options, limits, signal),
    ]);
    prompts.onStep('tcp');
    const socket = await openSocket(addresses, target.port, limits.tcpMs, signal);
    const needs = { hostKey, credentials, keeper: options.secrets, limits };
    const client = await handshake(socket, target, needs, prompts, signal);
    return createTransport(createLink(client, socket, target), limits, options.now, () => prompts.onStep('channel'));
  };
}

async function gatherCredentials(target: SshTarget, options: SshOptions, limits: SshLimits, signal: AbortSignal) {
  const [keys, agent] = await Promise.all([
    readKeyFiles(target.identityFiles, options.sshDirectory),
    agentKeysOf(target.agent ? options.agentSocket : null, limits.agentMs, signal),
  ]);
  return {
    agent: agent.agent,
    agentKeys: agent.keys,
    files: keys.files,
    problems: [...agent.problems, ...keys.problems],
  };
}

function createTransport(link: Link, limits: SshLimits, now: () => number, onFirstStart: () => void): Transport {
  let started = false;
  return {
    by: `ssh2 with ${hasNativeCrypto() ? 'native' : 'JavaScript'} crypto`,
    start(signal) {
      if (!started) onFirstStart();
      started = true;
      return startShell(link, limits, signal);
    },
    run: (line, run) => runCommand(link, line, run, limits, now),
    onClose: link.onClose,
    close: link.close,
  };
}
