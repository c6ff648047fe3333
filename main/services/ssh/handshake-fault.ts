import { FaultError } from '../../contract/faults.ts';
import type { ConnectStep } from '../../contract/hosts.ts';
import { hostWords } from '../../domain/present/host-words.ts';
import { BeyondSsh2 } from '../../domain/ssh/choose-transport.ts';
import type { SshSettings } from '../../domain/ssh/settings.ts';
import { inSeconds } from './deadline.ts';
import type { SshLimits } from './limits.ts';

/** What is known of the way to a host when it fails. */
export interface Evidence {
  /** Whether anything came from the host. */
  readonly heard: boolean;
  /** What a `ProxyCommand` said on standard error. */
  readonly said: string;
}

/** The fault for a step of the handshake whose deadline passed. */
export function lateFault(hop: SshSettings, step: ConnectStep, evidence: Evidence, limits: SshLimits): FaultError {
  const ms = step === 'authentication' ? limits.authenticationMs : limits.keyExchangeMs;
  if (step !== 'authentication' && !evidence.heard) {
    const message = `${where(hop)} accepted the connection but said nothing for ${inSeconds(ms)}: is it an ssh server, and is the host overloaded?`;
    return new FaultError('timeout', step, message + proxyWords(evidence));
  }
  const message = `${where(hop)} stopped answering for ${inSeconds(ms)} during ${doing(step)}.`;
  return new FaultError('timeout', step, message + proxyWords(evidence));
}

/** The fault for a host that hung up while the technician was asked: sshd waits two minutes for a login by default. */
export function unansweredFault(hop: SshSettings, step: ConnectStep): FaultError {
  const message = `${where(hop)} closed the connection before the question was answered: connect again and answer sooner.`;
  // Asking again by itself would go on all night.
  return new FaultError(step === 'host key' ? 'host_key_unknown' : 'auth_failed', step, message);
}

/** The fault for a password that the host lets nobody in with until there is a new one. */
export function expiredFault(hop: SshSettings): FaultError {
  const message = `The password of ${hop.user} on ${hop.hostName} has expired: choose a new one in a terminal, with ssh, and connect again.`;
  return new FaultError('auth_failed', 'authentication', message);
}

/** The fault for what ssh2 reported before the connection stood; null where the host just closed it. */
export function handshakeFault(
  hop: SshSettings,
  step: ConnectStep,
  error: (Error & { level?: string; code?: unknown }) | null,
  evidence: Evidence,
): FaultError {
  // Only in ssh2's own words: a host that says goodbye has a code, and chooses its words.
  const own = error !== null && typeof error.code !== 'number';
  const found = own ? /no matching (.+)$/i.exec(error.message)?.[1] : undefined;
  if (found !== undefined) {
    const unmatched = hostWords(found, 40).slice(1, -1);
    const message = `${hop.hostName} and Rackside have no ${unmatched} in common: the host allows only ones that are too new or too old for it.`;
    return new BeyondSsh2(step, message, `ssh2 has no ${unmatched} that ${hop.hostName} allows`, { cause: error });
  }
  if (/identification|greeting|Header too long/i.test(error?.message ?? '')) {
    const message = `${where(hop)} answers, but does not speak SSH: check the port.`;
    return new FaultError('unreachable', step, message, { cause: error });
  }
  if (error === null || error.level === 'client-socket' || /^Connection lost/.test(error.message)) {
    return closed(hop, step, evidence, error);
  }
  if (typeof error.code === 'number') {
    const message = `${where(hop)} closed the connection and said ${hostWords(error.message)}.`;
    return new FaultError('disconnected', step, message, { cause: error });
  }
  const message = `The connection to ${where(hop)} failed: ${hostWords(error.message)}.`;
  return new FaultError('unreachable', step, message, { cause: error });
}

function closed(hop: SshSettings, step: ConnectStep, evidence: Evidence, cause: Error | null): FaultError {
  if (hop.proxy.kind === 'command' && !evidence.heard) {
    const message = `The ProxyCommand of ${hop.alias} ended before ${where(hop)} said anything: try it in a terminal.`;
    return new FaultError('unreachable', 'tcp', message + proxyWords(evidence), { cause });
  }
  if (step !== 'authentication' && !evidence.heard) {
    const message = `${where(hop)} closed the connection before it named itself: too many sign-ins at once (MaxStartups), a ban, or a firewall.`;
    return new FaultError('disconnected', step, message, { cause });
  }
  const message = `${where(hop)} closed the connection during ${doing(step)}: its log (journalctl -u ssh) says why.`;
  return new FaultError('disconnected', step, message + proxyWords(evidence), { cause });
}

function where(hop: SshSettings): string {
  return `${hop.hostName} port ${hop.port}`;
}

function doing(step: ConnectStep): string {
  return step === 'authentication' ? 'the authentication' : 'the key exchange';
}

function proxyWords({ said }: Evidence): string {
  return said.trim() === '' ? '' : ` The ProxyCommand said ${hostWords(said)}.`;
}
