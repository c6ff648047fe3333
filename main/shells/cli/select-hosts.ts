import type { ConsoleClient } from '../../contract/console.ts';
import { FaultError } from '../../contract/faults.ts';
import type { HostDraft } from '../../contract/hosts.ts';
import type { Selection } from './arguments.ts';
import { findHost } from './find-host.ts';
import { UsageError } from './usage.ts';

export interface SelectedHost {
  readonly name: string;
  readonly reach: HostDraft | { hostId: string };
}

/** The hosts that a selection names, each once, in the order in which they were named. Throws `not_found` for none. */
export async function selectHosts(
  client: ConsoleClient,
  { names, groups, tags, all }: Selection,
  identityFiles: readonly string[],
): Promise<SelectedHost[]> {
  if (names.length === 0 && groups.length === 0 && tags.length === 0 && !all) {
    throw new UsageError('On which hosts? Give --hosts A,B, --group G, --tag T or --all.');
  }
  const kept = (await client['fleet.list']({})).hosts.filter(({ connection }) => connection.state !== 'replay');
  const nameOf = new Map(kept.map(({ host }) => [host.id, host.name]));
  const selected = new Map<string, SelectedHost>();
  const add = (name: string, reach: SelectedHost['reach']) => {
    selected.set('hostId' in reach ? reach.hostId : name, { name, reach });
  };
  for (const name of names) {
    const reach = await findHost(client, name, identityFiles);
    add('hostId' in reach ? (nameOf.get(reach.hostId) ?? name) : name, reach);
  }
  for (const { host } of kept) {
    const isMeant = all || (host.group !== null && groups.includes(host.group));
    if (isMeant || host.tags.some((tag) => tags.includes(tag))) add(host.name, { hostId: host.id });
  }
  if (selected.size === 0) throw new FaultError('not_found', 'hosts', 'No host is in that group or has that tag.');
  return [...selected.values()];
}
