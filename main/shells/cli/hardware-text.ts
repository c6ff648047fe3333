import type { Sample } from '../../contract/samples.ts';
import { formatBytes, formatCelsius, formatDuration, formatPercent, unknown } from '../../domain/present/units.ts';
import { upsWords } from '../../domain/present/ups.ts';
import { visible } from '../../domain/present/words.ts';
import { rowsTable } from './table.ts';

/** Tables of the health of disks, of GPUs and of UPS, where there are any. */
export function hardwareTables(sample: Sample): string[] {
  return [smartTable(sample), gpuTable(sample), upsTable(sample)].filter((table) => table !== null);
}

function smartTable({ data }: Sample): string | null {
  const rows = (data.smart?.disks ?? []).map((disk) => [
    visible(disk.device, 40),
    visible(disk.model ?? unknown, 32),
    formatBytes(disk.capacity_bytes),
    formatCelsius(disk.temperature_celsius),
    disk.standby ? 'asleep' : (disk.verdict ?? unknown),
    visible(disk.reasons.join('; '), 120),
  ]);
  return rowsTable(['DISK', 'MODEL', 'SIZE', 'NOW', 'HEALTH', ''], rows, [2, 3]);
}

function gpuTable({ data }: Sample): string | null {
  const rows = (data.gpus?.list ?? []).map((gpu) => [
    visible(gpu.id, 32),
    visible(gpu.name ?? gpu.vendor, 40),
    formatPercent(gpu.busy_percent),
    formatBytes(gpu.memory_used_bytes),
    formatBytes(gpu.memory_total_bytes),
    formatCelsius(gpu.temperature_celsius),
    gpu.power_watts === null ? unknown : `${gpu.power_watts.toFixed(0)} W`,
  ]);
  return rowsTable(['GPU', '', 'BUSY', 'MEMORY', 'OF', 'NOW', 'POWER'], rows, [2, 3, 4, 5, 6]);
}

function upsTable({ data }: Sample): string | null {
  const rows = (data.ups?.list ?? []).map((ups) => [
    visible(ups.name, 32),
    visible(upsWords(ups), 80),
    formatPercent(ups.battery_percent),
    formatDuration(ups.runtime_seconds),
    formatPercent(ups.load_percent),
  ]);
  return rowsTable(['UPS', 'STATE', 'BATTERY', 'LASTS', 'LOAD'], rows, [2, 3, 4]);
}
