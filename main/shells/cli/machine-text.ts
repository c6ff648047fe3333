import type { Sample } from '../../contract/samples.ts';
import { formatBytes, formatCount, unknown } from '../../domain/present/units.ts';
import { visible } from '../../domain/present/words.ts';
import { rowsTable } from './table.ts';

/** One line each of what the machine is, of those that the sample carries. */
export function machineLines({ data }: Sample): string[][] {
  const { system } = data;
  const lines: string[][] = [];
  if (system) {
    lines.push(['system', words(system.os, system.kernel, system.architecture)]);
    const counts = `${formatCount(system.sockets)} sockets, ${formatCount(system.cores)} cores, ${formatCount(system.threads)} threads`;
    lines.push(['processor', `${words(system.cpu_model)} (${counts})`]);
    lines.push(['machine', words(system.vendor, system.product)], ['runs in', words(system.virtualization)]);
  }
  return lines;
}

/** Tables of what the machine holds, where there is any of it. */
export function machineTables(sample: Sample): string[] {
  return [moduleTable(sample)].filter((table) => table !== null);
}

function moduleTable({ data }: Sample): string | null {
  const rows = (data.memory_modules?.list ?? []).map((one) => [
    words(one.slot),
    formatBytes(one.size_bytes),
    words(one.type),
    one.speed_mts === null ? unknown : `${formatCount(one.speed_mts)} MT/s`,
    words(one.maker, one.part),
  ]);
  return rowsTable(['MODULE', 'SIZE', 'TYPE', 'SPEED', 'MADE BY'], rows, [1, 3]);
}

function words(...parts: (string | null)[]): string {
  const known = parts.filter((part) => part !== null);
  return known.length === 0 ? unknown : visible(known.join(' '), 100);
}
