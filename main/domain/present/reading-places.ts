import type { SampleData } from '../../contract/samples.ts';

type Path = (string | number)[];
type List = readonly unknown[] | null | undefined;

const fixed: Readonly<Record<string, Path>> = {
  'cpu.busy': ['cpu', 'total', 'busy_percent'],
  'cpu.iowait': ['cpu', 'total', 'iowait_percent'],
  'cpu.steal': ['cpu', 'total', 'steal_percent'],
  'memory.used': ['memory', 'used_bytes'],
  'swap.used': ['memory', 'swap', 'used_bytes'],
  'load.1': ['load', 'one'],
  'pressure.cpu.some': ['pressure', 'cpu', 'some', 'stalled_percent'],
  'pressure.memory.some': ['pressure', 'memory', 'some', 'stalled_percent'],
  'pressure.io.some': ['pressure', 'io', 'some', 'stalled_percent'],
  'net.rx': ['network', 'total', 'rx_bytes_per_second'],
  'net.tx': ['network', 'total', 'tx_bytes_per_second'],
  'disk.read': ['disks', 'total', 'read_bytes_per_second'],
  'disk.write': ['disks', 'total', 'write_bytes_per_second'],
  'cost.cpu': ['cost', 'cpu_ms'],
  'clock.offset': ['wall_clock', 'offset_seconds'],
};

/** Things that a host has many of: the list, what they are called by, and by the end of a reading's name what it is. */
interface Things {
  readonly list: Path;
  readonly of: (data: SampleData) => List;
  readonly key: string;
  readonly ends: Readonly<Record<string, string>>;
}

const things: Readonly<Record<string, Things>> = {
  disk: {
    list: ['disks', 'list'],
    of: ({ disks }) => disks?.list,
    key: 'name',
    ends: { '.busy': 'busy_percent' },
  },
  temp: {
    list: ['sensors', 'temperatures'],
    of: ({ sensors }) => sensors?.temperatures,
    key: 'id',
    ends: { '': 'celsius' },
  },
  fan: { list: ['sensors', 'fans'], of: ({ sensors }) => sensors?.fans, key: 'id', ends: { '': 'rpm' } },
  pool: {
    list: ['zfs', 'pools'],
    of: ({ zfs }) => zfs?.pools,
    key: 'name',
    ends: { '.used_percent': 'used_percent' },
  },
  guest: {
    list: ['proxmox', 'guests'],
    of: ({ proxmox }) => proxmox?.guests,
    key: 'vmid',
    ends: { '.cpu': 'cpu_percent', '.memory': 'memory_bytes' },
  },
  gpu: { list: ['gpus', 'list'], of: ({ gpus }) => gpus?.list, key: 'id', ends: { '.busy': 'busy_percent' } },
};

/** Where a reading that charts draw stands in a sample's data; null where that sample does not carry it. */
export function placeOfReading(reading: string, data: SampleData): Path | null {
  const own = Object.hasOwn(fixed, reading) ? fixed[reading] : undefined;
  if (own !== undefined) return data[own[0] as keyof SampleData] == null ? null : own;
  const core = /^cpu\.core\.(\d+)\.busy$/.exec(reading)?.[1];
  if (core !== undefined) {
    const at = data.cpu?.cores.findIndex(({ id }) => String(id) === core) ?? -1;
    return at < 0 ? null : ['cpu', 'cores', at, 'share', 'busy_percent'];
  }
  const colon = reading.indexOf(':');
  const prefix = reading.slice(0, Math.max(0, colon));
  const kind = Object.hasOwn(things, prefix) ? things[prefix] : undefined;
  if (kind === undefined) return null;
  for (const [end, value] of Object.entries(kind.ends)) {
    if (!reading.endsWith(end)) continue;
    const name = reading.slice(colon + 1, reading.length - end.length);
    const at = (kind.of(data) ?? []).findIndex((one) => String((one as Record<string, unknown>)[kind.key]) === name);
    if (at >= 0) return [...kind.list, at, value];
  }
  return null;
}
