import { bytesFor, type Keyed } from './disguise.ts';

/** Pseudonyms of IPv4 addresses; what is no address of a host (masks, loopback, multicast) is answered as it is. */
export interface Ipv4Names {
  /** Told before the first pseudonym is asked for, so that none is an address that is really there. */
  note(address: string): void;
  of(address: string): string;
  /** The address of these digits, as pseudonyms are made of it; null for what never becomes one. */
  canonical(address: string): string | null;
  /** Whether its network was met. */
  isKnown(address: string): boolean;
}

/** Beyond that, networks may get a pseudonym that another one has. */
const mostNetworks = 100_000;
const attempts = 160;

/**
 * Addresses of one /24 stay neighbours, private ones private and of the same block, and each number keeps how many
 * digits it has. Public ones move to 240.0.0.0/4, which nobody owns (RFC 1112), where their length allows it.
 */
export function createIpv4Names(keyed: Keyed): Ipv4Names {
  const known = new Set<string>();
  const given = new Map<string, string>();
  const taken = new Set<string>();
  const orders = new Map<string, number[]>();

  function networkOf(network: string): string {
    const before = given.get(network);
    if (before !== undefined) return before;
    const next = bytesFor(keyed, `ipv4 ${network}`);
    let found = candidate(network, 0, next);
    for (let attempt = 1; attempt < attempts; attempt++) {
      const isFree = !taken.has(found) && found !== network;
      if (isFree && (attempt > attempts / 2 || !known.has(found))) break;
      found = candidate(network, attempt, next);
    }
    if (given.size < mostNetworks) {
      given.set(network, found);
      taken.add(found);
    }
    return found;
  }

  /** Each number that has as many digits goes to another one. */
  function lastOf(last: number, network: string): number {
    if (last === 0 || last === 255) return last;
    const lowest = last < 10 ? 1 : last < 100 ? 10 : 100;
    const key = `${network} ${lowest}`;
    let order = orders.get(key);
    if (order === undefined) {
      order = shuffled(Math.min(lowest * 10, 255) - lowest, bytesFor(keyed, `last of ${key}`));
      if (orders.size > 10_000) orders.clear();
      orders.set(key, order);
    }
    return lowest + (order[last - lowest] as number);
  }

  function canonical(address: string): string | null {
    const numbers = address.split('.').map(Number);
    return isOfHost(numbers) ? numbers.join('.') : null;
  }

  return {
    note: (address) => {
      if (canonical(address) !== null && known.size < mostNetworks) known.add(networkPart(address));
    },
    of: (address) => {
      const network = networkPart(address);
      // A pseudonym that is met again stays.
      if (canonical(address) === null || (taken.has(network) && !given.has(network))) return address;
      return `${networkOf(network)}.${lastOf(Number(address.slice(network.length + 1)), network)}`;
    },
    canonical,
    isKnown: (address) => known.has(networkPart(address)),
  };
}

function networkPart(address: string): string {
  return address.slice(0, address.lastIndexOf('.'));
}

/** https://www.iana.org/assignments/iana-ipv4-special-registry: 0/8, 127/8 and from 224 on are nobody's. */
function isOfHost([a = 0]: readonly number[]): boolean {
  return a !== 0 && a !== 127 && a < 224;
}

function candidate(network: string, attempt: number, next: () => number): string {
  const [a, b, c] = network.split('.').map(Number) as [number, number, number];
  const like = (number: number): number => withDigits(String(number).length, next);
  if (a === 10 || (attempt > attempts / 3 && isPrivate(a, b) && network.length <= 10)) {
    const [second, third] = split(network.length - 4, String(b).length);
    return `10.${withDigits(second, next)}.${withDigits(third, next)}`;
  }
  if (a === 172 && b >= 16 && b < 32) return `172.${16 + (next() % 16)}.${like(c)}`;
  if ((a === 192 && b === 168) || (a === 169 && b === 254)) return `${a}.${b}.${like(c)}`;
  if (a === 100 && b >= 64 && b < 128) return `100.${b < 100 ? 64 + (next() % 36) : 100 + (next() % 28)}.${like(c)}`;
  if (network.length < 7) return `${1 + (next() % 9)}.${like(b)}.${like(c)}`.padEnd(network.length, '1');
  const [second, third] = split(network.length - 5, String(b).length);
  return `${240 + (next() % 15)}.${withDigits(second, next)}.${withDigits(third, next)}`;
}

function isPrivate(a: number, b: number): boolean {
  return (a === 192 && b === 168) || (a === 172 && b >= 16 && b < 32);
}

/** So many digits for two numbers, the first of them with `wanted` where that leaves one to three for the other. */
function split(digits: number, wanted: number): [number, number] {
  const first = Math.min(3, digits - 1, Math.max(wanted, digits - 3));
  return [first, digits - first];
}

function withDigits(digits: number, next: () => number): number {
  if (digits === 1) return next() % 10;
  return digits === 2 ? 10 + (next() % 90) : 100 + (next() % 155);
}

function shuffled(count: number, next: () => number): number[] {
  const order = Array.from({ length: count }, (_, index) => index);
  for (let at = count - 1; at > 0; at--) {
    const other = ((next() << 8) | next()) % (at + 1);
    [order[at], order[other]] = [order[other] as number, order[at] as number];
  }
  return order;
}
