import { bytesFor, type Keyed } from './disguise.ts';

/** Pseudonyms of IPv6 addresses, written as the original was: the same groups, digits and `::`. */
export interface Ipv6Names {
  note(address: string): void;
  of(address: string): string;
  /** Eight numbers; null for what is no address of a host: loopback, multicast, documentation. */
  canonical(address: string): string | null;
}

const mostNetworks = 100_000;
const attempts = 64;

/**
 * A /64 stays a /64. Global ones move to 3fff::/16, of which the beginning is for documentation (RFC 9637) and the rest
 * is nobody's; unique local ones stay so (fd00::/8); of link-local ones the interface changes. A group that is zero
 * stays, and each other one keeps how many digits it needs.
 */
export function createIpv6Names(keyed: Keyed): Ipv6Names {
  const known = new Set<string>();
  const given = new Map<string, readonly number[]>();
  const taken = new Set<string>();
  const issued = new Set<string>();

  function networkOf(network: readonly number[]): readonly number[] {
    const key = network.join(':');
    const before = given.get(key);
    if (before !== undefined) return before;
    const next = bytesFor(keyed, `ipv6 ${key}`);
    let found = network.map((group, index) => networkGroup(group, index, next));
    for (let attempt = 0; attempt < attempts; attempt++) {
      const text = found.join(':');
      if (
        isLinkLocal(network) ||
        network[0] === 0 ||
        (!taken.has(text) && (attempt > attempts / 2 || !known.has(text)))
      )
        break;
      found = network.map((group, index) => networkGroup(group, index, next));
    }
    if (given.size < mostNetworks) {
      given.set(key, found);
      taken.add(found.join(':'));
    }
    return found;
  }

  function interfaceOf(groups: readonly number[]): number[] {
    return groups.slice(4).map((group, index) => {
      if (group === 0 || (index === 1 && isMapped(groups))) return group;
      const before = groups.slice(0, 4 + index).join(':');
      return moved(group, bytesFor(keyed, `ipv6 group ${digitsOf(group)} ${before}`));
    });
  }

  function canonical(address: string): string | null {
    const groups = parseIpv6(address);
    return groups !== null && isOfHost(groups) ? groups.join(':') : null;
  }

  return {
    note: (address) => {
      const groups = parseIpv6(address);
      if (groups !== null && isOfHost(groups) && known.size < mostNetworks) known.add(groups.slice(0, 4).join(':'));
    },
    of: (address) => {
      const groups = parseIpv6(address);
      if (groups === null || !isOfHost(groups) || issued.has(groups.join(':'))) return address;
      const changed = [...networkOf(groups.slice(0, 4)), ...interfaceOf(groups)];
      if (issued.size < mostNetworks) issued.add(changed.join(':'));
      return written(address, changed);
    },
    canonical,
  };
}

/** The eight groups of an address without a zone; null when it is none. Parts like IPv4 are read elsewhere. */
export function parseIpv6(address: string): number[] | null {
  if (!/^[0-9a-f:]{2,39}$/i.test(address)) return null;
  const halves = address.split('::');
  if (halves.length > 2) return null;
  const [left = [], right = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const groups = [...left, ...right];
  if (groups.some((group) => group === '' || group.length > 4)) return null;
  const missing = 8 - groups.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null;
  return [...left, ...Array.from({ length: missing }, () => '0'), ...right].map((group) => Number.parseInt(group, 16));
}

/** Which of the addresses are somebody's; ff02::1:ff00:0/104 has the end of one in it. */
function isOfHost(groups: readonly number[]): boolean {
  const [first = 0] = groups;
  if (isMapped(groups)) return (groups[6] as number) >= 0x100;
  if (first >= 0xff00) return first === 0xff02 && groups[6] !== undefined && groups[6] >= 0xff00;
  if (isLinkLocal(groups)) return groups.slice(4, 7).some((group) => group !== 0);
  return (first >= 0x2000 && first < 0x4000 && first !== 0x3fff) || (first >= 0xfc00 && first < 0xfe00);
}

/** An IPv4 address in hexadecimal: `::ffff:c0a8:101`. */
function isMapped(groups: readonly number[]): boolean {
  return groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
}

function isLinkLocal([first = 0]: readonly number[]): boolean {
  return first >= 0xfe80 && first < 0xff00;
}

function networkGroup(group: number, index: number, next: () => number): number {
  if (group === 0) return 0;
  if (index > 0) return moved(group, next);
  if (group >= 0xfe00) return group;
  return group >= 0xfc00 ? (group & 0xff00) | next() : 0x3fff;
}

function digitsOf(group: number): number {
  return group.toString(16).length;
}

/** Another number of as many digits; for one stream each goes to one of its own. */
function moved(group: number, next: () => number): number {
  // What marks a solicited node, or an interface that was made of a MAC address, stays.
  if (group >= 0xff00) return 0xff00 | ((group + 1 + (next() % 255)) & 0xff);
  const lowest = 16 ** (digitsOf(group) - 1);
  const count = Math.min(lowest * 16, 0xff00) - lowest;
  const shift = 1 + (((next() << 16) | (next() << 8) | next()) % (count - 1));
  return lowest + ((group - lowest + shift) % count);
}

/** Those groups in the words of the original; zeros before a number and its capitals too. */
function written(address: string, groups: readonly number[]): string {
  const isUpper = /[A-F]/.test(address);
  const [left = '', right] = address.split('::');
  const leftGroups = left === '' ? 0 : left.split(':').length;
  const rightGroups = right === undefined || right === '' ? 0 : right.split(':').length;
  let place = 0;
  return address.replace(/[0-9a-f]+/gi, (group) => {
    const index = place < leftGroups ? place : 8 - rightGroups + place - leftGroups;
    place += 1;
    const text = (groups[index] as number).toString(16).padStart(group.length, '0');
    return isUpper ? text.toUpperCase() : text;
  });
}
