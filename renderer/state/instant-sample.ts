import type { Series } from '../../main/contract/history.ts';
import type { Sample, SampleData } from '../../main/contract/samples.ts';
import { pressureResources } from '../../main/domain/present/devices.ts';

type Value = (reading: string) => number | null;

/** A recorded sample says no more of an instant than this long after it. */
const standsMs = 95_000;
/** Longer names, and more of them, cannot be asked for in one request (`seriesRequestSchema`). */
const most = { length: 200, readings: 40 };

const fixed = [
  ...['cpu.busy', 'cpu.user', 'cpu.system', 'cpu.iowait', 'cpu.steal', 'clock.uptime', 'processes.count'],
  ...['memory.used', 'memory.available', 'memory.cached', 'memory.total', 'memory.arc', 'swap.used', 'swap.total'],
  ...['load.1', 'load.5', 'load.15'],
];

/** The readings that gauges of an instant are made of, as far as the host has them. */
export function gaugeReadings({ pressure, network, disks, sensors }: SampleData): string[] {
  const own = [
    ...(pressure == null ? [] : ['pressure.cpu.some', 'pressure.memory.some', 'pressure.io.some']),
    ...(network == null ? [] : ['net.rx', 'net.tx', 'net.errors']),
    ...(disks == null ? [] : ['disk.read', 'disk.write', ...disks.list.map(({ name }) => `disk:${name}.busy`)]),
    ...(sensors?.temperatures ?? []).map(({ id }) => `temp:${id}`),
  ];
  return [...fixed, ...own.filter((name) => name.length <= most.length)].slice(0, most.readings);
}

/** The span around an instant, and how many points make each of them one second at most. */
export function instantSpan(at: number): { from: number; to: number; points: number } {
  return { from: at - standsMs, to: at + 1000, points: Math.ceil(standsMs / 1000) + 4 };
}

/**
 * What the gauges show of an instant: the newest sample's devices with the values of then. What history does not keep
 * is unknown, and all of it where nothing was recorded shortly before.
 */
export function instantSample(newest: Sample, series: Series, at: number): Sample {
  const index = series.times.findLastIndex((time) => time <= at);
  // The end of its bucket, so that the process list of that instant is this sample's.
  const time = (series.times[index] ?? at) + series.stepMs - 1;
  const value: Value = (reading) => series.readings[reading]?.mean[index] ?? null;
  const { data } = newest;
  return {
    kind: 'fast',
    collected_at: new Date(time).toISOString(),
    data: {
      clock: { boot_id: data.clock.boot_id, uptime_seconds: value('clock.uptime') },
      ...{ cpu: cpuOf(value, data), memory: memoryOf(value, data), load: loadOf(value, data) },
      ...{ pressure: pressureOf(value, data), network: networkOf(value, data), disks: disksOf(value, data) },
      sensors: sensorsOf(value, data),
      processes: { count: value('processes.count'), window_seconds: null, list: [] },
      problems: data.problems,
    },
  };
}

function cpuOf(value: Value, { cpu }: SampleData): SampleData['cpu'] {
  const busy = value('cpu.busy');
  if (busy === null || cpu == null) return null;
  const [iowait, steal] = [value('cpu.iowait'), value('cpu.steal')];
  const parts = {
    user_percent: value('cpu.user'),
    system_percent: value('cpu.system'),
    iowait_percent: iowait,
    steal_percent: steal,
  };
  // History keeps these together, as what is busy and neither user nor system.
  const rest = { nice_percent: 0, irq_percent: 0, softirq_percent: 0 };
  const idle = iowait === null || steal === null ? null : Math.max(0, 100 - busy - iowait - steal);
  return { total: { busy_percent: busy, ...parts, ...rest, idle_percent: idle }, cores: cpu.cores };
}

function memoryOf(value: Value, { memory }: SampleData): SampleData['memory'] {
  const [used, available, total] = [value('memory.used'), value('memory.available'), value('memory.total')];
  if (memory == null || used === null || available === null || total === null) return null;
  const swapTotal = value('swap.total');
  const arc = value('memory.arc');
  return {
    ...memory,
    ...{ total_bytes: total, used_bytes: used, available_bytes: available, cached_bytes: value('memory.cached') },
    swap: swapTotal === null ? null : { total_bytes: swapTotal, used_bytes: value('swap.used') ?? 0 },
    arc: arc === null || memory.arc === null ? null : { size_bytes: arc, reclaimable_bytes: arcFloor(arc, memory.arc) },
  };
}

/** What of the ZFS cache is kept back does not change; the rest is what it would give. */
function arcFloor(size: number, newest: { size_bytes: number; reclaimable_bytes: number }): number {
  return Math.max(0, size - (newest.size_bytes - newest.reclaimable_bytes));
}

function loadOf(value: Value, { load }: SampleData): SampleData['load'] {
  const [one, five, fifteen] = [value('load.1'), value('load.5'), value('load.15')];
  if (load == null || one === null || five === null || fifteen === null) return null;
  return { ...load, one, five, fifteen };
}

function pressureOf(value: Value, { pressure }: SampleData): SampleData['pressure'] {
  if (pressure == null) return pressure;
  const [cpu, memory, io] = pressureResources.map((resource) => {
    const percent = value(`pressure.${resource}.some`);
    if (percent === null) return null;
    const averages = { avg10_percent: percent, avg60_percent: percent, avg300_percent: percent };
    return { some: { stalled_percent: percent, ...averages }, full: null };
  });
  return { cpu: cpu ?? null, memory: memory ?? null, io: io ?? null, irq: null };
}

function networkOf(value: Value, { network }: SampleData): SampleData['network'] {
  if (network == null) return network;
  const total = { rx_bytes_per_second: value('net.rx'), tx_bytes_per_second: value('net.tx') };
  const packets = { rx_packets_per_second: null, tx_packets_per_second: null };
  const faults = { rx_errors_per_second: value('net.errors'), tx_errors_per_second: null };
  const drops = { rx_drops_per_second: null, tx_drops_per_second: null };
  return { total: { ...total, ...packets, ...faults, ...drops }, interfaces: [] };
}

function disksOf(value: Value, { disks }: SampleData): SampleData['disks'] {
  if (disks == null) return disks;
  return {
    total: { read_bytes_per_second: value('disk.read'), write_bytes_per_second: value('disk.write') },
    list: disks.list.map((disk) => ({ ...disk, busy_percent: value(`disk:${disk.name}.busy`) })),
  };
}

function sensorsOf(value: Value, { sensors }: SampleData): SampleData['sensors'] {
  if (sensors == null) return sensors;
  const temperatures = sensors.temperatures.map((sensor) => ({ ...sensor, celsius: value(`temp:${sensor.id}`) }));
  return { temperatures, fans: [] };
}
