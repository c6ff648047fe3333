import type { Sample } from '../../../main/contract/samples.ts';
import { chartedTemperatures } from '../../../main/domain/present/devices.ts';
import {
  formatBytes,
  formatCelsius,
  formatLoad,
  formatMilliseconds,
  formatOffset,
  formatPercent,
  formatRate,
  formatRpm,
} from '../../../main/domain/present/units.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { type ChartData, niceTop, reachOf } from '../../state/chart-data.ts';
import type { ChartLine } from './time-chart.tsx';

/** What one chart shows. */
export interface ChartFamily {
  readonly id: string;
  readonly name: string;
  readonly lines: readonly ChartLine[];
  /** Where the axis ends: at a number, at the host's memory, or at the least round number (of bytes) above all values. */
  readonly top: number | 'memory' | 'round' | 'bytes';
  /** The axis reaches as far below zero as above it. */
  readonly signed?: boolean;
  /** Its readings come with the medium rounds. */
  readonly medium?: boolean;
  readonly format: (value: number) => string;
  readonly tick: (value: number) => string;
}

/** More lines than these are no picture. */
export const mostLines = 6;
const tones = ['busy', 'iowait', 'memory', 'steal', 'out', 'load'] as const;

/** Longer names cannot be asked for (`seriesRequestSchema`). */
const maxNameLength = 200;

/** What decides which charts a host has: what it tells of, and the names of its devices. */
export interface HostShape {
  readonly pressure: boolean;
  readonly network: boolean;
  readonly disks: readonly string[] | null;
  readonly temperatures: readonly { readonly id: string; readonly label: string }[];
  readonly fans: readonly { readonly id: string; readonly label: string }[];
  readonly cost: boolean;
  readonly clock: boolean;
}

/** By the newest sample, and those that carry sensors and the wall clock. */
export function shapeOf(sample: Sample | null, sensors: Sample | null, clock: Sample | null): HostShape {
  const data = sample?.data;
  return {
    pressure: data?.pressure != null,
    network: data?.network != null,
    disks: data?.disks?.list.slice(0, mostLines).map(({ name }) => name) ?? null,
    temperatures: labelledApart(chartedTemperatures(sensors?.data.sensors?.temperatures ?? [], mostLines)),
    fans: labelledApart(sensors?.data.sensors?.fans.slice(0, mostLines) ?? []),
    cost: data?.cost != null,
    clock: clock?.data.wall_clock != null,
  };
}

/** The chip is named where the label alone is not enough. */
function labelledApart(
  list: readonly { readonly id: string; readonly chip: string; readonly label: string }[],
): { id: string; label: string }[] {
  return list.map(({ id, chip, label }) => {
    const alone = list.filter((one) => one.label === label).length === 1;
    return { id, label: alone ? label : `${chip} ${label}` };
  });
}

const percent = (value: number) => formatPercent(value, 1);
const wholePercent = (value: number) => formatPercent(value, 0);

/** The charts of a host in their order; one whose readings the host does not have is left out. */
export function chartFamilies(shape: HostShape): ChartFamily[] {
  const { pressure, network, disks, temperatures, fans, cost, clock } = shape;
  const families: ChartFamily[] = [
    {
      ...{ id: 'cpu', name: 'CPU', top: 100, format: percent, tick: wholePercent },
      lines: [
        { reading: 'cpu.busy', name: 'busy', tone: 'busy' },
        { reading: 'cpu.iowait', name: 'iowait', tone: 'iowait' },
        { reading: 'cpu.steal', name: 'steal', tone: 'steal' },
      ],
    },
    {
      ...{ id: 'memory', name: 'Memory', top: 'memory', format: formatBytes, tick: formatBytes },
      lines: [
        { reading: 'memory.used', name: 'used', tone: 'memory' },
        { reading: 'swap.used', name: 'swap', tone: 'load' },
      ],
    },
    {
      ...{ id: 'load', name: 'Load', top: 'round', format: formatLoad, tick: formatLoad },
      lines: [{ reading: 'load.1', name: '1 min', tone: 'load' }],
    },
  ];
  if (pressure) {
    families.push({
      ...{ id: 'pressure', name: 'Pressure', top: 'round', format: percent, tick: percent },
      lines: [
        { reading: 'pressure.cpu.some', name: 'CPU', tone: 'busy' },
        { reading: 'pressure.memory.some', name: 'memory', tone: 'memory' },
        { reading: 'pressure.io.some', name: 'I/O', tone: 'iowait' },
      ],
    });
  }
  if (network) {
    families.push({
      ...{ id: 'network', name: 'Network', top: 'bytes', format: formatRate, tick: formatBytes },
      lines: [
        { reading: 'net.rx', name: 'received', tone: 'in' },
        { reading: 'net.tx', name: 'sent', tone: 'out' },
      ],
    });
  }
  if (disks !== null) {
    families.push({
      ...{ id: 'disk', name: 'Disks', top: 'bytes', format: formatRate, tick: formatBytes },
      lines: [
        { reading: 'disk.read', name: 'read', tone: 'in' },
        { reading: 'disk.write', name: 'written', tone: 'out' },
      ],
    });
    const lines = namedLines(disks.map((name) => ({ reading: `disk:${name}.busy`, name })));
    if (lines.length > 0) {
      families.push({ id: 'busy', name: 'Disk busy', top: 100, format: percent, tick: wholePercent, lines });
    }
  }
  const heats = namedLines(temperatures.map(({ id, label }) => ({ reading: `temp:${id}`, name: label })));
  if (heats.length > 0) {
    const celsius = { format: formatCelsius, tick: (value: number) => `${value} °C` };
    families.push({ id: 'temperature', name: 'Temperature', top: 100, ...celsius, lines: heats });
  }
  const spins = namedLines(fans.map(({ id, label }) => ({ reading: `fan:${id}`, name: label })));
  if (spins.length > 0) {
    families.push({ id: 'fans', name: 'Fans', top: 'round', format: formatRpm, tick: formatRpm, lines: spins });
  }
  if (cost) {
    families.push({
      ...{ id: 'cost', name: 'Collecting', top: 'round', format: formatMilliseconds, tick: formatMilliseconds },
      lines: [{ reading: 'cost.cpu', name: 'CPU of a round', tone: 'busy' }],
    });
  }
  if (clock) {
    families.push({
      ...{ id: 'clock', name: 'Clock', top: 'round', signed: true, medium: true },
      ...{ format: formatOffset, tick: (seconds) => (seconds === 0 ? '0 s' : formatOffset(seconds)) },
      lines: [{ reading: 'clock.offset', name: 'offset', tone: 'load' }],
    });
  }
  return families;
}

/** Where the axis of a chart ends; null where nothing is known that it could end at. */
export function axisTop(
  { top, lines, signed = false }: Pick<ChartFamily, 'top' | 'lines' | 'signed'>,
  shown: readonly ChartData[],
  memoryTotal: number | null,
): number | null {
  if (typeof top === 'number') return top;
  const reaches = shown.flatMap((data) => lines.flatMap(({ reading }) => reachOf(data, reading) ?? []));
  if (reaches.length === 0) return top === 'memory' ? memoryTotal : null;
  const most = signed ? Math.max(...reaches.map(Math.abs)) : Math.max(...reaches);
  if (top === 'memory') return Math.max(memoryTotal ?? most * 1.1, most);
  if (top === 'round') return niceTop(most);
  const unit = 1024 ** Math.floor(Math.log(Math.max(1, most)) / Math.log(1024));
  // Half of one byte is told as one byte.
  return unit * niceTop(most / unit, unit === 1 ? 2 : 1);
}

export function namedLines(devices: readonly { reading: string; name: string }[]): ChartLine[] {
  return devices
    .filter(({ reading }) => reading.length <= maxNameLength)
    .map(({ reading, name }, index) => ({
      reading,
      name: visible(name, 40),
      tone: tones[index % tones.length] ?? 'busy',
    }));
}
