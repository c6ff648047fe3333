import type { NetworkInterface } from '../../../../contract/devices.ts';
import type { InterfaceFacts } from './texts.ts';

type Kind = NetworkInterface['kind'];

/** https://github.com/torvalds/linux/blob/master/include/uapi/linux/if.h */
const flag = { loopback: 0x8, master: 0x400, slave: 0x800 };

/**
 * Behind a physical interface is a device with a driver. A slave's bytes are its bond's too; so are those of a virtual
 * function that a cloud puts behind the interface that it belongs to.
 */
export function kindOf(name: string, facts: InterfaceFacts | undefined): Kind {
  const flags = facts?.flags ?? 0;
  if (name === 'lo' || (flags & flag.loopback) !== 0) return 'loopback';
  if (facts?.hasDriver === true) return (flags & flag.slave) !== 0 ? 'member' : 'physical';
  return (flags & flag.master) !== 0 ? 'bond' : 'virtual';
}

/** Bridges and the host's ends of guests: what goes over them goes over another one of the same host as well. */
const innerName =
  /^(docker\d|br-|virbr|vmbr|lxcbr|lxdbr|cni\d|flannel|cali|veth|vnet|tap|tun|wg|fwbr|fwpr|fwln|ifb|dummy|sit\d|gre|ip6|ovs)/;

/**
 * Those whose bytes are in the total. A container has no physical interface: there all count but loopback, and those
 * that look like the inside of a host of containers, unless there is nothing else.
 */
export function countedOf(kinds: ReadonlyMap<string, Kind>): ReadonlySet<string> {
  const outward = [...kinds].filter(([, kind]) => kind === 'physical' || kind === 'bond');
  // What goes over a VLAN goes over the interface that carries it.
  const isVlan = (name: string) => kinds.has(/^(.+)\.\d{1,4}$/.exec(name)?.[1] ?? '');
  const others = [...kinds].filter(([name, kind]) => kind !== 'loopback' && !isVlan(name));
  const ends = others.filter(([name]) => !innerName.test(name));
  const counted = [outward, ends, others].find((some) => some.length > 0) ?? [];
  return new Set(counted.map(([name]) => name));
}
