import { toCounter } from '../../../metrics/rate.ts';

/** What the kernel has counted of one interface. */
export interface Counters {
  readonly rxBytes: number;
  readonly rxPackets: number;
  readonly rxErrors: number;
  readonly rxDrops: number;
  readonly txBytes: number;
  readonly txPackets: number;
  readonly txErrors: number;
  readonly txDrops: number;
}

/** Twice as many as an honest host prints. */
const maxLines = 128;

/** `/proc/net/dev` by name. Where numbers are wide there is no space behind the colon. */
export function parseNetDev(text: string): ReadonlyMap<string, Counters> {
  const found = new Map<string, Counters>();
  for (const line of text.split('\n')) {
    const match = /^ *(\S{1,64}): *(\d{1,20}(?: +\d{1,20}){15})\s*$/.exec(line.slice(0, 1024));
    if (match === null) continue;
    const columns = (match[2] as string).split(/ +/).map(toCounter);
    const [rxBytes, rxPackets, rxErrors, rxDrops] = columns.slice(0, 4) as [number, number, number, number];
    const [txBytes, txPackets, txErrors, txDrops] = columns.slice(8, 12) as [number, number, number, number];
    found.set((match[1] as string).toWellFormed(), {
      ...{ rxBytes, rxPackets, rxErrors, rxDrops },
      ...{ txBytes, txPackets, txErrors, txDrops },
    });
    if (found.size === maxLines) break;
  }
  return found;
}

export interface InterfaceFacts {
  readonly flags: number;
  readonly hasDriver: boolean;
  readonly up: boolean | null;
  readonly speedBitsPerSecond: number | null;
}

const nothing: InterfaceFacts = { flags: 0, hasDriver: false, up: null, speedBitsPerSecond: null };

/** The kernel says a speed that it does not know as −1, which old ones print without its sign. */
const maxMegabits = 10_000_000;

/** Lines such as `eth0/speed:1000`, by interface. */
export function parseFacts(text: string): ReadonlyMap<string, InterfaceFacts> {
  const found = new Map<string, InterfaceFacts>();
  for (const line of text.split('\n')) {
    const match = /^(?:\/sys\/class\/net\/)?([^/]{1,64})\/(flags|operstate|speed|device\/uevent):(.{1,200})$/.exec(
      line,
    );
    if (match === null) continue;
    const [name, file, value] = match.slice(1) as [string, string, string];
    const facts = found.get(name) ?? nothing;
    if (found.size === maxLines && !found.has(name)) continue;
    found.set(name, { ...facts, ...factOf(file, value, facts) });
  }
  return found;
}

/** One fact. A tunnel has no carrier, so its state is unknown for ever: then it is up where somebody has set it up. */
function factOf(file: string, value: string, facts: InterfaceFacts): Partial<InterfaceFacts> {
  if (file === 'device/uevent') return { hasDriver: true };
  if (file === 'speed') {
    const megabits = /^\d{1,10}$/.test(value) ? Number(value) : 0;
    return { speedBitsPerSecond: megabits > 0 && megabits <= maxMegabits ? megabits * 1e6 : null };
  }
  if (file === 'flags') {
    const flags = /^0x[0-9a-f]{1,8}$/.test(value) ? Number(value) : 0;
    return { flags, up: facts.up ?? (flags & 1) !== 0 };
  }
  return value === 'unknown' ? { up: (facts.flags & 1) !== 0 } : { up: value === 'up' };
}
