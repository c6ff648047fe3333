import type { SshSettings } from '../../domain/ssh/settings.ts';
import { keyOwner } from './host-key.ts';

/**
 * What a user's password on a host is kept as: the same address behind another jump host, or with another key, is
 * another host.
 */
export function passwordName(hop: SshSettings, before: readonly SshSettings[] = []): string {
  const { address, port } = keyOwner(hop);
  const way = [...before.map(({ alias }) => alias), ...(hop.proxy.kind === 'command' ? [hop.proxy.line] : [])];
  return `password ${hop.user}@${address}:${port}${way.length > 0 ? ` through ${way.join(', ')}` : ''}`;
}
