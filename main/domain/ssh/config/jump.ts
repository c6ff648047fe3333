import { portOf } from './numbers.ts';
import { lower } from './words.ts';

export interface Jump {
  /** The host next to the one that is wanted. */
  readonly last: Destination;
  /** Those before it, as they stand; null: none. */
  readonly before: string | null;
}

/** Null: nothing is said. */
export interface Destination {
  readonly user: string | null;
  readonly host: string;
  readonly port: number | null;
}

type Services = ReadonlyMap<string, number>;

/** A chain as `ProxyJump` takes it; null for one that ssh would refuse. */
export function jumpOf(line: string, services: Services): Jump | 'none' | null {
  const [bare = ''] = line.split('#', 1);
  // OpenSSH ends it at the first space.
  const text = bare.slice(0, 1) + (bare.slice(1).split(/\s/, 1)[0] ?? '');
  if (lower(text) === 'none') return 'none';
  const hops = text.split(',').map((hop) => destinationOf(hop, services));
  const last = hops.at(-1);
  if (last === undefined || last === null || hops.includes(null)) return null;
  const comma = text.lastIndexOf(',');
  return { last, before: comma > 0 ? text.slice(0, comma) : null };
}

/** As `ssh -G` prints it; an address stands in brackets. */
export function jumpText({ last: { user, host, port }, before }: Jump): string {
  const numeric = host.includes(':') || /^[\d.]*$/.test(host);
  const name = numeric ? `[${host}]` : host;
  return `${before === null ? '' : `${before},`}${user === null ? '' : `${user}@`}${name}${port === null ? '' : `:${port}`}`;
}

/** What is typed behind `ssh`: there a colon belongs to the host, if it is no `ssh://`. Null for what ssh refuses. */
export function typedDestination(text: string, services: Services): Destination | null {
  if (text.startsWith('ssh://')) return destinationOf(text, services);
  const at = text.lastIndexOf('@');
  if (at === 0) return null;
  return { user: at > 0 ? text.slice(0, at) : null, host: text.slice(at + 1), port: null };
}

/** `[user@]host[:port]` or `ssh://…`. */
export function destinationOf(text: string, services: Services): Destination | null {
  return text.startsWith('ssh://') ? uriDestination(text.slice(6), services) : plainDestination(text, services);
}

function plainDestination(text: string, services: Services): Destination | null {
  const at = text.lastIndexOf('@');
  if (at === 0) return null;
  const cut = cutHost(text.slice(at + 1));
  if (cut === null || cut.sign === '/') return null;
  const port = cut.rest === '' ? null : portOf(cut.rest, services);
  if (cut.rest !== '' && (port === null || port === 0)) return null;
  return { user: at > 0 ? text.slice(0, at) : null, host: cut.host, port };
}

function uriDestination(text: string, services: Services): Destination | null {
  const at = text.indexOf('@');
  const user = at < 0 ? null : decoded(text.slice(0, at).split(';', 1)[0] ?? '');
  if (at >= 0 && (user === null || user === '')) return null;
  const cut = cutHost(text.slice(at + 1));
  if (cut === null || !/^[a-z\d][a-z\d._-]*$/i.test(cut.host) || cut.host.includes('..')) return null;
  if (cut.sign !== ':' || cut.rest === '') return cut.rest === '' ? { user, host: cut.host, port: null } : null;
  const port = portOf(cut.rest.replace(/\/$/, ''), services);
  return port === null || port === 0 ? null : { user, host: cut.host, port };
}

/** The host, and what stands behind the `:` or `/` that ends it; a host in brackets may hold both. */
function cutHost(text: string): { host: string; sign: string; rest: string } | null {
  const end = text.startsWith('[') ? text.indexOf(']') + 1 : text.search(/[:/]|$/);
  const sign = text[end] ?? '';
  if ((text.startsWith('[') && end === 0) || !/^[:/]?$/.test(sign)) return null;
  const host = text.slice(0, end).replace(/^\[(.*)\]$/, '$1');
  return end === 0 ? null : { host, sign, rest: text.slice(end + 1) };
}

function decoded(text: string): string | null {
  if (/%(?![\da-f]{2})|%00/i.test(text)) return null;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return null;
  }
}
