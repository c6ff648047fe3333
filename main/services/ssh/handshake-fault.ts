import { FaultError } from '../../contract/faults.ts';
import type { ConnectStep, SshTarget } from '../../contract/hosts.ts';
import { inSeconds } from './deadline.ts';
import { hostWords } from './host-words.ts';
import type { SshLimits } from './limits.ts';

/** The fault for a step of the handshake whose deadline passed. */
export function lateFault(target: SshTarget, step: ConnectStep, bytesRead: number, limits: SshLimits): FaultError {
  const where = `${target.address} port ${target.port}`;
  const ms = step === 'authentication' ? limits.authenticationMs : limits.keyExchangeMs;
  if (step !== 'authentication' && bytesRead === 0) {
    return new FaultError(
      'timeout',
      step,
      `${where} accepted the connection but said nothing for ${inSeconds(ms)}: is it an ssh server, and is the host overloaded?`,
    );
  }
  const doing = step === 'authentication' ? 'the authentication' : 'the key exchange';
  return new FaultError('timeout', step, `${where} stopped answering for ${inSeconds(ms)} during ${doing}.`);
}

/** The fault for a host that hung up while the technician was asked: sshd waits two minutes for a login by default. */
export function unansweredFault(target: SshTarget, step: ConnectStep): FaultError {
  return new FaultError(
    'timeout',
    step,
    `${target.address} port ${target.port} closed the connection before the question was answered: connect again and answer sooner.`,
  );
}

/** The fault for what ssh2 reported before the connection stood; null where the host just closed it. */
export function handshakeFault(
  target: SshTarget,
  step: ConnectStep,
  error: (Error & { level?: string; code?: unknown }) | null,
): FaultError {
  const where = `${target.address} port ${target.port}`;
  const unmatched = /no matching (.+)$/i.exec(error?.message ?? '')?.[1];
  if (unmatched !== undefined) {
    return new FaultError(
      'unreachable',
      step,
      `${target.address} and Rackside have no ${unmatched} in common: the host allows only ones that are too new or too old for it.`,
      { cause: error },
    );
  }
  if (/identification|greeting|Header too long/i.test(error?.message ?? '')) {
    return new FaultError('unreachable', step, `${where} answers, but does not speak SSH: check the port.`, {
      cause: error,
    });
  }
  if (error === null || error.level === 'client-socket' || /^Connection lost/.test(error.message)) {
    const during = step === 'authentication' ? 'the authentication' : 'the key exchange';
    return new FaultError(
      'disconnected',
      step,
      `${where} closed the connection during ${during}: its log (journalctl -u ssh) says why.`,
      { cause: error },
    );
  }
  if (typeof error.code === 'number') {
    return new FaultError(
      'disconnected',
      step,
      `${where} closed the connection and said ${hostWords(error.message)}.`,
      {
        cause: error,
      },
    );
  }
  return new FaultError('unreachable', step, `The connection to ${where} failed: ${hostWords(error.message)}.`, {
    cause: error,
  });
}
