import type { Duplex } from 'node:stream';
import type { ConnectStep } from '../../contract/hosts.ts';
import type { SshSettings } from '../../domain/ssh/settings.ts';
import type { SshLimits } from './limits.ts';
import type { Link } from './link.ts';
import { openSocket } from './open-socket.ts';
import { startProxyCommand } from './proxy-command.ts';
import { resolveName } from './resolve-name.ts';

/** A stream of bytes that leads to a host's ssh server. */
export interface Approach {
  readonly stream: Duplex;
  /** What the program in between said on standard error; empty where there is none. */
  said(): string;
}

/**
 * The way to a hop: by TCP, through the link of the hop before it, or by the program that its configuration names. The
 * steps are `dns` and `tcp`; through another host, which looks up the name itself, `tcp` alone.
 */
export async function approach(
  hop: SshSettings,
  via: Link | null,
  limits: SshLimits,
  onStep: (step: ConnectStep) => void,
  signal: AbortSignal,
): Promise<Approach> {
  const ms = hop.connectTimeout === null ? limits.tcpMs : hop.connectTimeout * 1000;
  if (via !== null) {
    onStep('tcp');
    return quiet(await via.forward(hop, ms, signal));
  }
  if (hop.proxy.kind === 'command') {
    onStep('tcp');
    return startProxyCommand(hop.proxy.line);
  }
  onStep('dns');
  const addresses = await resolveName(hop.hostName, hop.addressFamily, limits.dnsMs, signal);
  onStep('tcp');
  return quiet(await openSocket(addresses, hop, ms, signal));
}

function quiet(stream: Duplex): Approach {
  return { stream, said: () => '' };
}
