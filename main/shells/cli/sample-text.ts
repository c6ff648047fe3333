import type { Process, Sample } from '../../contract/samples.ts';
import { memoryParts } from '../../domain/present/memory.ts';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatLoad,
  formatMemory,
  formatPercent,
} from '../../domain/present/units.ts';
import { problemWords, visible } from '../../domain/present/words.ts';
import { deviceLines, deviceTables } from './device-text.ts';
import { guestTables } from './guest-text.ts';
import { hardwareTables } from './hardware-text.ts';
import { machineLines, machineTables } from './machine-text.ts';
import { peopleTables } from './people-text.ts';
import { storageTables } from './storage-text.ts';
import { formatTable } from './table.ts';

const topCount = 10;

/** A sample for a person at a terminal. What a host printed is made safe: a terminal obeys what it shows. */
export function sampleText(sample: Sample): string {
  const { data } = sample;
  const lines = [
    ['collected', sample.collected_at],
    ['uptime', formatDuration(data.clock.uptime_seconds)],
    ...(sample.kind === 'fast' ? [cpuLine(sample), memoryLine(sample), loadLine(sample)] : []),
    ...deviceLines(sample),
    ...machineLines(sample),
    ...Object.entries(data.problems).map(([collector]) => [
      collector,
      visible(problemWords(data, collector) ?? '', 400),
    ]),
  ];
  const parts = [formatTable(['', ''], lines).trimStart(), ...deviceTables(sample)];
  parts.push(
    ...storageTables(sample),
    ...hardwareTables(sample),
    ...machineTables(sample),
    ...guestTables(sample),
    ...peopleTables(sample),
  );
  if (data.processes) parts.push(processTable('top by CPU', data.processes.list, (process) => process.cpu_percent));
  if (data.processes) parts.push(processTable('top by memory', data.processes.list, (process) => process.memory_bytes));
  if (data.filesystems) parts.push(filesystemTable(sample));
  return parts.join('\n');
}

/** One line for `watch`: time, CPU, memory, load, and the process that uses most of a core. */
export function sampleLine(sample: Sample): string {
  const { cpu, memory, load, processes } = sample.data;
  const busiest = top(processes?.list ?? [], (process) => process.cpu_percent, 1)[0];
  const cells = [
    sample.collected_at.slice(11, 19),
    `cpu ${formatPercent(cpu?.total?.busy_percent ?? null, 1).padStart(7)}`,
    `iowait ${formatPercent(cpu?.total?.iowait_percent ?? null, 1).padStart(6)}`,
    `mem ${formatPercent(memory ? memoryParts(memory).usedPercent : null, 1).padStart(7)}`,
    `load ${formatLoad(load?.one ?? null).padStart(6)}`,
    busiest === undefined ? '' : `${formatPercent(busiest.cpu_percent, 0)} ${nameOf(busiest, 40)}`,
  ];
  return `${cells.join('  ').trimEnd()}\n`;
}

function cpuLine({ data }: Sample): string[] {
  const share = data.cpu?.total ?? null;
  if (share === null) return ['cpu', formatPercent(null)];
  const parts = `user ${formatPercent(share.user_percent)}, system ${formatPercent(share.system_percent)}, iowait ${formatPercent(share.iowait_percent)}, steal ${formatPercent(share.steal_percent)}`;
  const cores = data.cpu?.cores.length ?? 0;
  // Another product's sample may say no more than this.
  if (cores === 0) return ['cpu', formatPercent(share.busy_percent)];
  return ['cpu', `${formatPercent(share.busy_percent)} of ${cores} cores (${parts})`];
}

function memoryLine({ data }: Sample): string[] {
  if (!data.memory) return ['memory', formatBytes(null)];
  const { used, total, usedPercent, reclaimable } = memoryParts(data.memory);
  const arc = data.memory.arc === null ? '' : `, and ${formatBytes(reclaimable)} that ZFS gives back`;
  return ['memory', `${formatBytes(used)} of ${formatBytes(total)} (${formatPercent(usedPercent)})${arc}`];
}

function loadLine({ data }: Sample): string[] {
  const { load, processes } = data;
  if (!load) return ['load', formatLoad(null)];
  const average = [load.one, load.five, load.fifteen].map(formatLoad).join(' ');
  return ['load', `${average}, ${formatCount(processes?.count ?? null)} processes`];
}

function processTable(title: string, list: readonly Process[], by: (process: Process) => number | null): string {
  const rows = top(list, by, topCount).map((process) => [
    String(process.pid),
    visible(process.user ?? '', 16),
    formatPercent(process.cpu_percent, 1),
    formatMemory(process.memory_bytes),
    nameOf(process, 80),
  ]);
  return formatTable(['PID', 'USER', 'CPU % OF A CORE', 'MEMORY', title.toUpperCase()], rows, [0, 2, 3]);
}

function filesystemTable({ data }: Sample): string {
  const rows = (data.filesystems?.list ?? []).map((filesystem) => [
    visible(filesystem.mount, 60),
    visible(filesystem.type ?? '', 12),
    formatBytes(filesystem.size_bytes),
    formatBytes(filesystem.available_bytes),
    formatPercent(filesystem.used_percent),
    visible(filesystem.device, 60),
  ]);
  return formatTable(['MOUNT', 'TYPE', 'SIZE', 'FREE', 'USED', 'DEVICE'], rows, [2, 3, 4]);
}

function nameOf(process: Process, limit: number): string {
  return visible(process.command ?? `[${process.name}]`, limit);
}

/** Those whose value is known, the largest first. */
function top(list: readonly Process[], by: (process: Process) => number | null, count: number): Process[] {
  return list
    .filter((process) => by(process) !== null)
    .sort((a, b) => (by(b) ?? 0) - (by(a) ?? 0))
    .slice(0, count);
}
