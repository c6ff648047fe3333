import type { Sample } from '../../contract/samples.ts';
import {
  formatBytes,
  formatCelsius,
  formatCount,
  formatFrequency,
  formatMilliseconds,
  formatOffset,
  formatPercent,
  formatRate,
  unknown,
} from '../../domain/present/units.ts';
import { visible } from '../../domain/present/words.ts';
import { rowsTable } from './table.ts';

/** One line each of pressure, network, disks, cost and wall clock, of those that the sample carries. */
export function deviceLines({ data }: Sample): string[][] {
  const { pressure, network, disks, cost, wall_clock: clock } = data;
  const lines: string[][] = [];
  if (pressure) {
    const share = (name: 'cpu' | 'memory' | 'io') => formatPercent(pressure[name]?.some?.stalled_percent ?? null);
    lines.push(['pressure', `CPU ${share('cpu')}, memory ${share('memory')}, I/O ${share('io')} of the time`]);
  }
  if (network) {
    const { rx_bytes_per_second: rx, tx_bytes_per_second: tx } = network.total;
    lines.push(['network', `${formatRate(rx)} in, ${formatRate(tx)} out`]);
  }
  if (disks) {
    const { read_bytes_per_second: read, write_bytes_per_second: write } = disks.total;
    lines.push(['disks', `${formatRate(read)} read, ${formatRate(write)} written`]);
  }
  if (cost) {
    const took = `in ${formatMilliseconds(cost.round_ms)}, ${formatBytes(cost.bytes)}`;
    lines.push(['cost', `${formatMilliseconds(cost.cpu_ms)} of CPU ${took}`]);
  }
  if (clock) {
    const within = clock.uncertainty_seconds.toFixed(2);
    lines.push(['wall clock', `${formatOffset(clock.offset_seconds)} against this one, give or take ${within} s`]);
  }
  return lines;
}

/** Tables of interfaces that are counted, of disks, and of sensors, where there are any. */
export function deviceTables(sample: Sample): string[] {
  return [networkTable(sample), diskTable(sample), sensorTable(sample)].filter((table) => table !== null);
}

function networkTable({ data }: Sample): string | null {
  const rows = (data.network?.interfaces ?? [])
    .filter(({ counted }) => counted)
    .map((one) => [
      visible(one.name, 32),
      one.up === null ? unknown : one.up ? 'up' : 'down',
      formatRate(one.rx_bytes_per_second),
      formatRate(one.tx_bytes_per_second),
      formatFrequency(one.rx_errors_per_second),
      formatFrequency(one.rx_drops_per_second),
    ]);
  return rowsTable(['INTERFACE', 'LINK', 'IN', 'OUT', 'ERRORS IN', 'DROPS IN'], rows, [2, 3, 4, 5]);
}

function diskTable({ data }: Sample): string | null {
  const rows = (data.disks?.list ?? []).map((disk) => [
    visible(disk.name, 32),
    formatRate(disk.read_bytes_per_second),
    formatRate(disk.write_bytes_per_second),
    formatPercent(disk.busy_percent),
    formatMilliseconds(disk.read_latency_ms),
    formatMilliseconds(disk.write_latency_ms),
  ]);
  return rowsTable(['DISK', 'READ', 'WRITTEN', 'BUSY', 'READ TAKES', 'WRITE TAKES'], rows, [1, 2, 3, 4, 5]);
}

function sensorTable({ data }: Sample): string | null {
  const temperatures = (data.sensors?.temperatures ?? []).map((one) => [
    visible(one.chip, 32),
    visible(one.label, 32),
    formatCelsius(one.celsius),
    formatCelsius(one.high_celsius),
    formatCelsius(one.critical_celsius),
  ]);
  const fans = (data.sensors?.fans ?? []).map((one) => [
    visible(one.chip, 32),
    visible(one.label, 32),
    one.rpm === null ? unknown : `${formatCount(one.rpm)} rpm`,
    '',
    '',
  ]);
  return rowsTable(['SENSOR', '', 'NOW', 'HIGH', 'CRITICAL'], [...temperatures, ...fans], [2, 3, 4]);
}
