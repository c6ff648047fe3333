import type { ConsoleClient } from '../../contract/console.ts';
import { FaultError } from '../../contract/faults.ts';
import type { HostDraft } from '../../contract/hosts.ts';

/** What a person typed as HOST, as something that can be visited. Throws `not_found` naming what was looked for where. */
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
    const message = `No host ${wanted} is known to Rackside or named in ~/.ssh/config. To reach one directly, write user@address.`;
    throw new FaultError('not_found', 'host', message);
  }
  return {
    name: wanted,
    target: { transport: 'ssh', ...target, identityFiles: [...identityFiles], agent: true },
  };
}

/** `user@address`, `user@address:port`, `user@[::1]:port`; null for anything else. */
export function parseTarget(text: string): { user: string; address: string; port: number } | null {
  const match = /^([^@\s]+)@(?:\[([0-9a-fA-F:.%\w]+)\]|([^:@\s[\]]+))(?::(\d{1,5}))?$/.exec(text);
  if (match === null) return null;
  const [, user = '', bracketed, plain, port = '22'] = match;
  return Number(port) > 0 && Number(port) < 65536
    ? { user, address: bracketed ?? plain ?? '', port: Number(port) }
    : null;
}
