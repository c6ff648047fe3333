import type { Series } from '../../main/contract/history.ts';
import type { Process } from '../../main/contract/samples.ts';
import {
  formatBytes,
  formatDuration,
  formatLoad,
  formatPercent,
  formatRate,
  unknown,
} from '../../main/domain/present/units.ts';
import { api } from '../api/rackside.ts';
import { processKey, sortProcesses } from './process-table.ts';

type Format = (value: number | null) => string;

/** What is told of an instant, in this order. */
const readings: readonly { readonly reading: string; readonly name: string; readonly format: Format }[] = [
  { reading: 'cpu.busy', name: 'CPU busy', format: formatPercent },
  { reading: 'cpu.iowait', name: 'CPU iowait', format: formatPercent },
  { reading: 'load.1', name: 'Load', format: formatLoad },
  { reading: 'memory.used', name: 'Memory used', format: formatBytes },
  { reading: 'swap.used', name: 'Swap used', format: formatBytes },
  { reading: 'pressure.cpu.some', name: 'CPU pressure', format: formatPercent },
  { reading: 'pressure.memory.some', name: 'Memory pressure', format: formatPercent },
  { reading: 'pressure.io.some', name: 'I/O pressure', format: formatPercent },
  { reading: 'disk.read', name: 'Disks read', format: formatRate },
  { reading: 'disk.write', name: 'Disks written', format: formatRate },
  { reading: 'net.rx', name: 'Network received', format: formatRate },
  { reading: 'net.tx', name: 'Network sent', format: formatRate },
  { reading: 'clock.uptime', name: 'Uptime', format: formatDuration },
];

/** A recorded sample says no more of an instant than this long after it. */
const standsMs = 95_000;

/** What is known of one instant of a host. */
export interface Instant {
  readonly values: Readonly<Record<string, number | null>>;
  /** Null where no list was recorded close before. */
  readonly processes: readonly Process[] | null;
}

export async function askInstant(hostId: string, at: number): Promise<Instant> {
  // So many points make each of them one second at most.
  const span = { from: at - standsMs, to: at + 1000, points: Math.ceil(standsMs / 1000) + 4 };
  const request = { hostId, readings: readings.map(({ reading }) => reading), ...span };
  const [series, list] = await Promise.all([
    api()['history.series'](request),
    api()['history.processes']({ hostId, at, seek: 'at' }),
  ]);
  return { values: valuesAt(series, at), processes: list?.processes.list ?? null };
}

/** Of the newest bucket that had begun. */
export function valuesAt({ times, readings: columns }: Series, at: number): Instant['values'] {
  const index = times.findLastIndex((time) => time <= at);
  return Object.fromEntries(Object.entries(columns).map(([name, { mean }]) => [name, mean[index] ?? null]));
}

export interface ReadingRow {
  readonly name: string;
  readonly ours: string;
  readonly theirs: string;
  /** By how much ours is more, with its sign; unknown where either is. */
  readonly difference: string;
}

/** The readings that either of two instants has. */
export function readingRows(ours: Instant | null, theirs: Instant | null): ReadingRow[] {
  return readings.flatMap(({ reading, name, format }) => {
    const [one, other] = [ours?.values[reading] ?? null, theirs?.values[reading] ?? null];
    if (one === null && other === null) return [];
    return { name, ours: format(one), theirs: format(other), difference: differenceWords(one, other, format) };
  });
}

function differenceWords(one: number | null, other: number | null, format: Format): string {
  if (one === null || other === null) return unknown;
  const size = format(Math.abs(one - other));
  return size === format(0) ? 'same' : `${one > other ? '+' : '−'}${size}`;
}

export interface ProcessPair {
  readonly key: string;
  readonly name: string;
  readonly ours: Process | null;
  readonly theirs: Process | null;
}

/**
 * Processes of two instants beside one another, the busiest of either first: the same one by its PID and start, else
 * the busiest one of the same name.
 */
export function pairProcesses(
  ours: readonly Process[] | null,
  theirs: readonly Process[] | null,
  most: number,
): ProcessPair[] {
  const byCpu = { column: 'cpu', descending: true } as const;
  const rest = new Map(sortProcesses(theirs ?? [], byCpu).map((process) => [processKey(process), process]));
  const take = (process: Process | undefined): Process | null => {
    if (process !== undefined) rest.delete(processKey(process));
    return process ?? null;
  };
  const sorted = sortProcesses(ours ?? [], byCpu);
  const same = new Map(sorted.map((one) => [one, take(namesake(rest.get(processKey(one)), one))]));
  const pairs = sorted.map((one): ProcessPair => {
    const other = same.get(one) ?? take([...rest.values()].find(({ name }) => name === one.name));
    return { key: `ours ${processKey(one)}`, name: one.name, ours: one, theirs: other };
  });
  const alone = [...rest.values()].map(
    (other): ProcessPair => ({ key: `theirs ${processKey(other)}`, name: other.name, ours: null, theirs: other }),
  );
  const busiest = ({ ours: one, theirs: other }: ProcessPair) =>
    Math.max(one?.cpu_percent ?? -1, other?.cpu_percent ?? -1);
  return [...pairs, ...alone].sort((a, b) => busiest(b) - busiest(a)).slice(0, most);
}

/** Two hosts may have one PID and start in common, by chance. */
function namesake(other: Process | undefined, one: Process): Process | undefined {
  return other?.name === one.name ? other : undefined;
}
