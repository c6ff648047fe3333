import { FaultError } from '../../contract/faults.ts';
import type { ConnectStep } from '../../contract/hosts.ts';
import type { SshRoute } from './route.ts';
import type { SshSettings } from './settings.ts';
import { ssh2Algorithms } from './ssh2-algorithms.ts';

/**
 * Why a route needs the system's `ssh`, in words that go on after “by the system's ssh, because”; null where ssh2 does.
 * ssh2 is preferred: it costs a tenth, and asks its questions in the window.
 */
export function reasonForOpenssh(route: SshRoute): string | null {
  for (const hop of route.hops) {
    const reason = reasonAt(hop);
    if (reason !== null) return route.hops.length > 1 ? `${reason} (${hop.alias})` : reason;
  }
  return null;
}

function reasonAt(hop: SshSettings): string | null {
  if (hop.unrunExecs.length > 0) return 'its configuration has Match exec';
  if (hop.pkcs11Provider !== null) return 'its key is on a smart card (PKCS#11)';
  if (hop.certificateFiles.length > 0) return 'it is signed in to with a certificate';
  if (hop.gssapi && hop.authentications.includes('gssapi-with-mic')) return 'it is signed in to with Kerberos (GSSAPI)';
  if (hop.knownHostsCommand !== null) return 'its host key is told by a program (KnownHostsCommand)';
  const kinds = Object.keys(ssh2Algorithms) as (keyof typeof ssh2Algorithms)[];
  const beyond = kinds.some((kind) => {
    const known: readonly string[] = ssh2Algorithms[kind];
    return hop.algorithms[kind]?.every((name) => !known.includes(name));
  });
  return beyond ? 'its configuration leaves no algorithm that ssh2 has' : null;
}

/** A connection failed for what ssh2 cannot do, and the system's `ssh` perhaps can. */
export class BeyondSsh2 extends FaultError {
  /** In the words of `reasonForOpenssh`. */
  readonly reason: string;

  constructor(step: ConnectStep, message: string, reason: string, options?: { cause?: unknown }) {
    super('unreachable', step, message, options);
    this.reason = reason;
  }
}
