import type { ConsoleClient } from '../../contract/console.ts';
import { FaultError } from '../../contract/faults.ts';
import type { HostDraft } from '../../contract/hosts.ts';

/** What a person typed as HOST, as something that can be visited: what `ssh` would take, Rackside takes. */
export async function findHost(
  client: ConsoleClient,
  wanted: string,
  identityFiles: readonly string[],
): Promise<HostDraft | { hostId: string }> {
  const { hosts } = await client['fleet.list']({});
  const known = hosts.find(({ host }) => host.id === wanted || host.name === wanted);
  if (known !== undefined) return { hostId: known.host.id };
  if (wanted === 'local') return { name: 'This machine', target: { transport: 'local' } };
  const { candidates } = await client['hosts.candidates']({});
  const candidate = candidates.find(({ name }) => name === wanted);
  if (candidate !== undefined) return { name: candidate.name, target: candidate.target };
  const target = parseTarget(wanted);
  if (target === null) {
    const message = `“${wanted}” is no host: write the name of one, or user@address:port.`;
    throw new FaultError('bad_input', 'host', message);
  }
  return {
    name: wanted,
    target: { transport: 'ssh', ...target, identityFiles: [...identityFiles], agent: true },
  };
}

/** `address`, `user@address`, `user@address:port`, `user@[::1]:port`; what is left out is null. Null for anything else. */
export function parseTarget(text: string): { user: string | null; address: string; port: number | null } | null {
  const match = /^(?:([^@\s]+)@)?(?:\[([0-9a-fA-F:.%\w]+)\]|([^:@\s[\]-][^:@\s[\]]*))(?::(\d{1,5}))?$/.exec(text);
  if (match === null) return null;
  const [, user = null, bracketed, plain = '', digits] = match;
  const port = digits === undefined ? null : Number(digits);
  if (port !== null && (port < 1 || port > 65_535)) return null;
  return { user, address: bracketed ?? plain, port };
}
