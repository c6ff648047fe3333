import type { ParsedKey } from 'ssh2';
import ssh2 from 'ssh2';
import { FaultError } from '../../contract/faults.ts';
import { cancelled, inSeconds, within } from './deadline.ts';
import type { Signers } from './keyring.ts';

export interface AgentKeys {
  readonly agent: Signers['agent'];
  readonly keys: readonly ParsedKey[];
  readonly problems: readonly string[];
}

/** The keys of the ssh-agent. One that does not answer is a problem to tell, and not the end: there may be a key file. */
export async function agentKeysOf(socket: string | null, ms: number, signal: AbortSignal): Promise<AgentKeys> {
  if (!socket) return { agent: null, keys: [], problems: [] };
  const agent = new ssh2.OpenSSHAgent(socket);
  const listed = new Promise<ParsedKey[]>((resolve, reject) => {
    agent.getIdentities((error, keys) => (error ? reject(error) : resolve((keys ?? []) as ParsedKey[])));
  });
  try {
    const expired = `The ssh-agent did not answer within ${inSeconds(ms)}`;
    return { agent, keys: await within(listed, { ms, signal, step: 'authentication', expired }), problems: [] };
  } catch (error) {
    if (signal.aborted) throw cancelled('authentication');
    const problem = error instanceof FaultError ? error.fault.message : `The ssh-agent at ${socket} cannot be reached`;
    return { agent: null, keys: [], problems: [problem] };
  }
}
