import type { CpuShare, Sample } from '../../contract/samples.ts';
import { visitDevices } from './device-readings.ts';
import { scales } from './reading-units.ts';

/** Larger names cannot be asked for (`seriesRequestSchema`). */
const maxNameLength = 200;
/** What a sample has beyond these is left out, so that it has never more than some 2,100 readings. */
export const maxFilesystems = 64;
export const maxCores = 1024;

/** What a sample says as named numbers; null is unknown. A reading that its kind does not carry is not there at all. */
export function readingsOf(sample: Sample): Map<string, number | null> {
  const readings = new Map<string, number | null>();
  visitReadings(sample, (name, value) => readings.set(name, value));
  return readings;
}

/** Calls `visit` for each reading, always in the same order for the same shape of sample. */
export function visitReadings(
  { data }: Sample,
  visit: (name: string, value: number | null, scale: number) => void,
): void {
  const say = (name: string, value: number | null | undefined, scale: number) => {
    if (name.length <= maxNameLength) visit(name, value ?? null, scale);
  };
  say('clock.uptime', data.clock.uptime_seconds, scales.seconds);

  const { cpu, memory, load, processes, filesystems } = data;
  if (cpu !== undefined) {
    for (const [name, key] of cpuShares) say(name, cpu?.total?.[key], scales.percent);
    for (const core of cpu?.cores.slice(0, maxCores) ?? [])
      say(coreName(core.id), core.share?.busy_percent, scales.percent);
  }
  if (memory !== undefined) {
    say('memory.used', memory?.used_bytes, scales.bytes);
    say('memory.available', memory?.available_bytes, scales.bytes);
    say('memory.cached', memory?.cached_bytes, scales.bytes);
    say('memory.total', memory?.total_bytes, scales.bytes);
    say('memory.arc', memory?.arc?.size_bytes, scales.bytes);
    say('swap.used', memory?.swap?.used_bytes, scales.bytes);
    say('swap.total', memory?.swap?.total_bytes, scales.bytes);
  }
  if (load !== undefined) {
    say('load.1', load?.one, scales.load);
    say('load.5', load?.five, scales.load);
    say('load.15', load?.fifteen, scales.load);
  }
  if (processes !== undefined) say('processes.count', processes?.count, scales.count);
  for (const filesystem of filesystems?.list.slice(0, maxFilesystems) ?? []) {
    const name = `fs:${filesystem.mount}`;
    say(`${name}.used_percent`, filesystem.used_percent, scales.percent);
    say(`${name}.used_bytes`, filesystem.used_bytes, scales.bytes);
    say(`${name}.size_bytes`, filesystem.size_bytes, scales.bytes);
  }
  visitDevices(data, say);
}

const cpuShares: readonly (readonly [string, keyof CpuShare])[] = [
  ['cpu.busy', 'busy_percent'],
  ['cpu.user', 'user_percent'],
  ['cpu.system', 'system_percent'],
  ['cpu.iowait', 'iowait_percent'],
  ['cpu.steal', 'steal_percent'],
];

const coreNames: string[] = [];
function coreName(id: number): string {
  if (id < 0 || id >= maxCores) return `cpu.core.${id}.busy`;
  coreNames[id] ??= `cpu.core.${id}.busy`;
  return coreNames[id];
}
