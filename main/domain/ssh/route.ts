import { FaultError } from '../../contract/faults.ts';
import type { SshSettings, SshWanted } from './settings.ts';

/** The way to a host: through which others, in the order of travel; the last one is the host itself. */
export interface SshRoute {
  readonly hops: readonly SshSettings[];
}

/** The server that the last hop of a route is, as a name: one address behind different hosts is different servers. */
export function serverOf({ hops }: SshRoute): string {
  const last = hops.at(-1);
  return JSON.stringify([hops.slice(0, -1).map(({ alias }) => alias), last?.hostName, last?.port]);
}

/** Longer chains are loops, or nobody's intention. */
const maxHops = 8;

/**
 * Follows `ProxyJump` as ssh does: `a,b` means that `b` is reached through `a`, whatever the configuration says of `b`,
 * and that `a` is reached as its own configuration says. Throws `bad_input` for a chain that leads back to itself.
 */
export async function planRoute(
  wanted: SshWanted,
  settingsOf: (wanted: SshWanted) => Promise<SshSettings>,
): Promise<SshRoute> {
  const hops: SshSettings[] = [];
  let next: SshWanted | null = wanted;
  while (next !== null) {
    const settings: SshSettings = await settingsOf(next);
    hops.unshift(settings);
    if (hops.length > maxHops) throw circular(hops);
    next = settings.proxy.kind === 'jump' ? lastJump(settings.proxy.hops) : null;
  }
  return { hops };
}

/** The hop next to the host; it is reached through those before it. */
function lastJump(jumps: readonly string[]): SshWanted | null {
  const last = jumps.at(-1);
  if (last === undefined) return null;
  const before = jumps.slice(0, -1);
  return { ...parseJump(last), identityFiles: [], agent: true, jump: before.length > 0 ? before : null };
}

/** `[user@]host[:port]`, `[user@][v6]:port` or `ssh://[user@]host[:port]`; throws `bad_input` for anything else. */
export function parseJump(text: string): Pick<SshWanted, 'host' | 'user' | 'port'> {
  const bare = text.replace(/^ssh:\/\//i, '');
  const at = bare.lastIndexOf('@');
  const user = at > 0 ? bare.slice(0, at) : null;
  const [, v6, name, portText] = /^(?:\[([^\]]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/.exec(bare.slice(at + 1)) ?? [];
  const host = v6 ?? name;
  const port = portText === undefined ? null : Number(portText);
  if (host === undefined || port === 0 || (port ?? 0) > 65_535) {
    throw new FaultError(
      'bad_input',
      'ssh config',
      `ProxyJump names “${text}”, which is no host: write user@host:port.`,
    );
  }
  return { host, user, port };
}

function circular(hops: readonly SshSettings[]): FaultError {
  const [host] = hops.slice(-1);
  return new FaultError(
    'bad_input',
    'ssh config',
    `ProxyJump leads in a circle: ${host?.alias} is reached through ${hops
      .map(({ alias }) => alias)
      .slice(0, 4)
      .join(', ')}, and so on.`,
  );
}
