import { type FaultCode, FaultError } from '../../contract/faults.ts';
import type { SshRoute } from './route.ts';
import type { SshSettings } from './settings.ts';
import { ssh2Algorithms } from './ssh2-algorithms.ts';

/**
 * Why a route needs the system's `ssh`, in words that go on after “by the system's ssh, because”; null where ssh2 does.
 * ssh2 is preferred: it costs a tenth, and asks its questions in the window. `hasTicket`: Kerberos could sign in; without
 * a ticket its being allowed means nothing, and Debian allows it for every host.
 */
export function reasonForOpenssh(route: SshRoute, { hasTicket }: { readonly hasTicket: boolean }): string | null {
  for (const hop of route.hops) {
    const reason = reasonAt(hop, hasTicket);
    if (reason !== null) return route.hops.length > 1 ? `${reason} (${hop.alias})` : reason;
  }
  return null;
}

function reasonAt(hop: SshSettings, hasTicket: boolean): string | null {
  if (hop.unrunExecs.length > 0) return 'its configuration has Match exec';
  if (hop.pkcs11Provider !== null) return 'its key is on a smart card (PKCS#11)';
  if (hop.certificateFiles.length > 0) return 'it is signed in to with a certificate';
  if (hasTicket && usesKerberos(hop)) return 'it is signed in to with Kerberos (GSSAPI)';
  if (hop.knownHostsCommand !== null) return 'its host key is told by a program (KnownHostsCommand)';
  const kinds = Object.keys(ssh2Algorithms) as (keyof typeof ssh2Algorithms)[];
  const beyond = kinds.some((kind) => {
    const known: readonly string[] = ssh2Algorithms[kind];
    return hop.algorithms[kind]?.every((name) => !known.includes(name));
  });
  return beyond ? 'its configuration leaves no algorithm that ssh2 has' : null;
}

export function usesKerberos(hop: SshSettings): boolean {
  return hop.gssapi && hop.authentications.includes('gssapi-with-mic');
}

/** A connection failed for what ssh2 cannot do, and the system's `ssh` perhaps can. */
export class BeyondSsh2 extends FaultError {
  /** In the words of `reasonForOpenssh`. */
  readonly reason: string;

  /** `code`: where the system's `ssh` is not there, this is the failure. */
  constructor(
    step: string,
    message: string,
    reason: string,
    { code = 'unreachable', ...options }: { cause?: unknown; hop?: string; code?: FaultCode } = {},
  ) {
    super(code, step, message, options);
    this.reason = reason;
  }
}
