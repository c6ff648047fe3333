import type { NetworkInterface, Traffic } from '../../../../contract/devices.ts';
import type { SampleData } from '../../../../contract/samples.ts';
import { counterDelta, perSecond, sumKnown, wrappingDelta } from '../../../metrics/rate.ts';
import type { Outcome, Round } from '../../collector.ts';
import { textOf } from '../../record.ts';
import { unread } from '../../unread.ts';
import { maxInterfaces } from './awk.ts';
import { countedOf, kindOf } from './kinds.ts';
import { type Counters, type InterfaceFacts, parseFacts, parseNetDev } from './texts.ts';

type Value = NonNullable<SampleData['network']>;

export interface NetworkState {
  readonly counters: ReadonlyMap<string, Counters>;
  /** What was told last; the host tells it when it changes. */
  readonly facts: ReadonlyMap<string, InterfaceFacts>;
}

/** The shortest frame that a wire carries, with all that is around it, in bits. */
const leastFrameBits = 84 * 8;

export function parseNetwork(round: Round<NetworkState>): Outcome<Value, NetworkState> {
  const told = round.records('network.facts').at(-1);
  const facts = told === undefined ? (round.previous?.facts ?? new Map()) : parseFacts(textOf(told));
  const record = round.records('network.dev').at(-1);
  if (record === undefined || record.stdout.length === 0) {
    return { ...unread(record, '/proc/net/dev'), state: { facts, counters: new Map() } };
  }
  const counters = parseNetDev(textOf(record));
  if (counters.size === 0) {
    const reason = `/proc/net/dev has no interface: ${textOf(record).slice(0, 80).toWellFormed()}`;
    return { status: 'failed', reason, state: { facts, counters } };
  }
  const kinds = new Map([...counters.keys()].map((name) => [name, kindOf(name, facts.get(name))]));
  const counted = countedOf(kinds);
  const interfaces = [...counters].map(([name, after]): NetworkInterface => {
    const before = round.previous?.counters.get(name);
    const speed = facts.get(name)?.speedBitsPerSecond ?? null;
    return {
      name,
      kind: kinds.get(name) ?? 'virtual',
      counted: counted.has(name),
      up: facts.get(name)?.up ?? null,
      speed_bits_per_second: speed,
      ...trafficOf(before ?? null, after, round.elapsedSeconds, speed),
    };
  });
  return {
    status: 'ok',
    value: { total: totalOf(interfaces.filter((one) => one.counted)), interfaces: inOrder(interfaces) },
    state: { facts, counters },
  };
}

/** Counters of packets and bytes may have 32 bits; that one has wrapped is believed where the link is so fast. */
function trafficOf(
  before: Counters | null,
  after: Counters,
  elapsed: number | null,
  bitsPerSecond: number | null,
): Traffic {
  const bits = (bitsPerSecond ?? 0) * (elapsed ?? 0);
  const limits = {
    rxBytes: bits / 8,
    txBytes: bits / 8,
    rxPackets: bits / leastFrameBits,
    txPackets: bits / leastFrameBits,
  };
  const grown = (key: keyof typeof limits) =>
    before === null ? null : wrappingDelta(before[key], after[key], limits[key]);
  // A driver that begins anew resets all at once: one that cannot have wrapped says so of the others.
  const isReset = (Object.keys(limits) as (keyof typeof limits)[]).some((key) => grown(key) === null);
  const rate = (key: keyof typeof limits) => (isReset ? null : perSecond(grown(key), elapsed));
  const events = (key: keyof Counters) =>
    before === null ? null : perSecond(counterDelta(before[key], after[key]), elapsed);
  return {
    rx_bytes_per_second: rate('rxBytes'),
    tx_bytes_per_second: rate('txBytes'),
    rx_packets_per_second: rate('rxPackets'),
    tx_packets_per_second: rate('txPackets'),
    rx_errors_per_second: events('rxErrors'),
    tx_errors_per_second: events('txErrors'),
    rx_drops_per_second: events('rxDrops'),
    tx_drops_per_second: events('txDrops'),
  };
}

function totalOf(counted: readonly NetworkInterface[]): Traffic {
  const sum = (key: keyof Traffic) => sumKnown(counted.map((one) => one[key]));
  return {
    rx_bytes_per_second: sum('rx_bytes_per_second'),
    tx_bytes_per_second: sum('tx_bytes_per_second'),
    rx_packets_per_second: sum('rx_packets_per_second'),
    tx_packets_per_second: sum('tx_packets_per_second'),
    rx_errors_per_second: sum('rx_errors_per_second'),
    tx_errors_per_second: sum('tx_errors_per_second'),
    rx_drops_per_second: sum('rx_drops_per_second'),
    tx_drops_per_second: sum('tx_drops_per_second'),
  };
}

const places: Record<NetworkInterface['kind'], number> = { physical: 1, bond: 1, member: 2, virtual: 3, loopback: 4 };

/** What is counted first, then by kind; within these as the kernel lists them. */
function inOrder(interfaces: readonly NetworkInterface[]): NetworkInterface[] {
  const place = ({ counted, kind }: NetworkInterface) => (counted ? 0 : places[kind]);
  return [...interfaces].sort((a, b) => place(a) - place(b)).slice(0, maxInterfaces);
}
