import type { Sample } from '../../contract/samples.ts';
import { formatBytes, formatCelsius, unknown } from '../../domain/present/units.ts';
import { visible } from '../../domain/present/words.ts';
import { formatTable } from './table.ts';

/** Tables of the health of disks, where there are any. */
export function hardwareTables(sample: Sample): string[] {
  return [smartTable(sample)].filter((table) => table !== null);
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
  return rows.length === 0 ? null : formatTable(['DISK', 'MODEL', 'SIZE', 'NOW', 'HEALTH', ''], rows, [2, 3]);
}
