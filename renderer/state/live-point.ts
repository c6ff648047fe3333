import type { Sample } from '../../main/contract/samples.ts';
import { pressureResources } from '../../main/domain/present/devices.ts';
import type { Point } from './chart-data.ts';

/** The point that a live sample makes, so that a chart's newest edge does not wait for the store. */
export function livePoint({ collected_at, data }: Sample): Point {
  const total = data.cpu?.total ?? null;
  const values: Record<string, number | null> = {
    'cpu.busy': total?.busy_percent ?? null,
    'cpu.iowait': total?.iowait_percent ?? null,
    'cpu.steal': total?.steal_percent ?? null,
    'memory.used': data.memory?.used_bytes ?? null,
    'swap.used': data.memory?.swap?.used_bytes ?? null,
    'load.1': data.load?.one ?? null,
    'net.rx': data.network?.total.rx_bytes_per_second ?? null,
    'net.tx': data.network?.total.tx_bytes_per_second ?? null,
    'disk.read': data.disks?.total.read_bytes_per_second ?? null,
    'disk.write': data.disks?.total.write_bytes_per_second ?? null,
    'cost.cpu': data.cost?.cpu_ms ?? null,
  };
  for (const resource of pressureResources) {
    values[`pressure.${resource}.some`] = data.pressure?.[resource]?.some?.stalled_percent ?? null;
  }
  for (const disk of data.disks?.list ?? []) values[`disk:${disk.name}.busy`] = disk.busy_percent;
  for (const sensor of data.sensors?.temperatures ?? []) values[`temp:${sensor.id}`] = sensor.celsius;
  for (const fan of data.sensors?.fans ?? []) values[`fan:${fan.id}`] = fan.rpm;
  return { at: Date.parse(collected_at), values, bands: {} };
}

/** All cores at one instant. */
export interface CoreColumn {
  readonly at: number;
  /** The numbers in the cores' names, beside `busy`. */
  readonly ids: readonly number[];
  /** Percent; NaN is unknown. */
  readonly busy: Float32Array;
}

export function coreColumn({ collected_at, data }: Sample): CoreColumn {
  const cores = data.cpu?.cores ?? [];
  return {
    at: Date.parse(collected_at),
    ids: cores.map(({ id }) => id),
    busy: Float32Array.from(cores, ({ share }) => share?.busy_percent ?? Number.NaN),
  };
}
