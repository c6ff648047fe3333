import { FaultError } from '../../contract/faults.ts';
import type { Connect, ConnectPrompts } from '../../domain/collect/transport.ts';
import { BeyondSsh2, reasonForOpenssh, usesKerberos } from '../../domain/ssh/choose-transport.ts';
import type { SshRoute } from '../../domain/ssh/route.ts';

/** What is remembered between connections, until Rackside ends. */
export interface Chosen {
  /** Why ssh2 does not do, by the target; learnt from an attempt that failed. */
  readonly beyond: Map<string, string>;
  /** Programs of `Match exec`, and whether they may run. */
  readonly consents: Map<string, boolean>;
}

export interface Ways {
  readonly ssh2: Connect;
  openssh(reason: string): Connect;
  /** Whether this user has a Kerberos ticket; asked only where it matters. */
  hasTicket(): Promise<boolean>;
}

/**
 * Connects by ssh2, or by the system's `ssh` where the configuration, or ssh2's failure, says why. Programs that the
 * configuration would run (`Match exec`) run only with consent; without it, ssh2 goes on as if they had said no.
 */
export async function connectByEither(
  target: string,
  route: SshRoute,
  ways: Ways,
  chosen: Chosen,
  prompts: ConnectPrompts,
  signal: AbortSignal,
) {
  const allowed = () => mayRunExecs(route, chosen.consents, prompts, signal);
  const hasTicket = route.hops.some(usesKerberos) && (await ways.hasTicket());
  const reason = reasonForOpenssh(route, { hasTicket }) ?? chosen.beyond.get(target) ?? null;
  if (reason !== null && (await allowed())) return ways.openssh(reason)(prompts, signal);
  try {
    return await ways.ssh2(prompts, signal);
  } catch (error) {
    if (!(error instanceof BeyondSsh2) || !(await allowed())) throw error;
    const transport = await ways
      .openssh(error.reason)(prompts, signal)
      .catch((second) => {
        // Where there is no such program, the first failure is the one to tell.
        const missing = second instanceof FaultError && second.fault.code === 'not_found';
        throw missing ? error : second;
      });
    chosen.beyond.set(target, error.reason);
    return transport;
  }
}

async function mayRunExecs(
  route: SshRoute,
  consents: Map<string, boolean>,
  prompts: ConnectPrompts,
  signal: AbortSignal,
): Promise<boolean> {
  for (const hop of route.hops) {
    for (const command of hop.unrunExecs) {
      if (!consents.has(command)) {
        const reason = `The ssh configuration asks a program on this machine how to reach ${hop.alias} (Match exec)`;
        const answer = await prompts.ask({ kind: 'consent', command, reason }, signal);
        consents.set(command, answer.kind === 'consent' && answer.run);
      }
      if (consents.get(command) !== true) return false;
    }
  }
  return true;
}
