import type { SampleData } from '../../../../contract/samples.ts';
import { cutText } from '../../cut-text.ts';

type Addresses = NonNullable<SampleData['addresses']>;
type Interface = Addresses['interfaces'][number];
type Route = Addresses['routes'][number];

const maxInterfaces = 256;
const maxAddresses = 64;
const maxRoutes = 256;
const maxServers = 16;
const maxText = 128;

/** Interfaces as `ip addr` prints them, of iproute2 of any age and of busybox. */
export function parseInterfaces(lines: readonly string[]): Interface[] {
  const found: Interface[] = [];
  for (const line of lines) {
    const [, name, rest] = /^\d+: ([^\s:]+): (<.*)$/.exec(line) ?? [];
    if (name !== undefined) {
      found.push({
        name: cutText(name.split('@')[0] as string, maxText),
        mac: null,
        state: word(rest as string, 'state'),
        mtu: whole(word(rest as string, 'mtu')),
        addresses: [],
      });
      continue;
    }
    const last = found.at(-1);
    if (last === undefined) continue;
    const mac = /^ +link\/\S+ ((?:[0-9a-f]{2}:){5,19}[0-9a-f]{2})\b/i.exec(line)?.[1];
    if (mac !== undefined && !/^[0:]+$/.test(mac)) last.mac = mac;
    const [, address, prefix] =
      /^ +inet6? ([0-9a-f.:]+)(?: peer [0-9a-f.:]+)?(?:\/(\d{1,3}))?(?= |$)/i.exec(line) ?? [];
    if (address === undefined || last.addresses.length >= maxAddresses) continue;
    const host = address.includes(':') ? 128 : 32;
    last.addresses.push({
      address: cutText(address, maxText),
      prefix: prefix === undefined ? host : whole(prefix),
      scope: word(line, 'scope'),
    });
  }
  return found.slice(0, maxInterfaces);
}

/** What `ip route` says before a destination that is no host or net to send to. */
const kinds = 'unreachable|blackhole|prohibit|throw|local|broadcast|anycast|multicast|nat';
const beginning = new RegExp(
  String.raw`^(?:unicast )?((?:(?:${kinds}) )?(?:default|[0-9a-f]{0,4}:[0-9a-f.:]*(?:/\d{1,3})?|\d{1,3}(?:\.\d{1,3}){0,3}(?:/\d{1,2})?))(?: |$)`,
  'i',
);

/** Routes of the main table as `ip route` prints them; each next hop of one with several is a route of its own. */
export function parseRoutes(lines: readonly string[]): Route[] {
  const found: Route[] = [];
  let first = '';
  let destination: string | null = null;
  for (const line of lines) {
    const isHop = /^\s+nexthop /.test(line);
    if (!isHop) {
      first = line;
      destination = destinationOf(line);
    }
    // Its next hops follow on lines of their own.
    if (destination === null || (!isHop && !/ (?:dev|via) /.test(line) && !/ /.test(destination))) continue;
    found.push({
      destination: cutText(destination, maxText),
      via: word(line, 'via', /^inet6?$/),
      device: word(line, 'dev'),
      metric: whole(word(first, 'metric')),
      source: word(first, 'src'),
    });
  }
  return found.slice(0, maxRoutes);
}

/** Null for a route of another table than the main one, and for what is none: `2: eth0: <…>`, `10: …`. */
function destinationOf(line: string): string | null {
  const table = word(line, 'table');
  const destination = beginning.exec(line)?.[1];
  return destination === undefined || /^\d+$/.test(destination) || (table !== null && table !== 'main')
    ? null
    : destination;
}

/** Servers and search domains of `resolv.conf`; of several `search` lines the last one counts. */
export function parseResolvers(lines: readonly string[]): Pick<Addresses, 'dns_servers' | 'dns_search'> {
  const of = (name: RegExp) => lines.filter((line) => name.test(line)).map((line) => line.trim().split(/\s+/).slice(1));
  const short = (words: readonly string[]) => words.slice(0, maxServers).map((one) => cutText(one, maxText));
  return {
    dns_servers: short([...new Set(of(/^\s*nameserver\s/).flatMap((words) => words.slice(0, 1)))]),
    dns_search: short((of(/^\s*(?:search|domain)\s/).at(-1) ?? []).filter((one) => one !== '.')),
  };
}

/** The word after that one, or the one after that where it is of a kind to skip. */
function word(line: string, name: string, skip?: RegExp): string | null {
  const words = line.split(/\s+/);
  const at = words.indexOf(name);
  if (at < 0) return null;
  const next = words[at + 1];
  const found = next !== undefined && skip?.test(next) ? words[at + 2] : next;
  return found ? cutText(found, maxText) : null;
}

function whole(text: string | null): number | null {
  return text !== null && /^\d{1,10}$/.test(text) ? Number(text) : null;
}
