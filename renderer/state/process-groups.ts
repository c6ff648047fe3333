import type { Process } from '../../main/contract/samples.ts';
import {
  diskRate,
  type ProcessOrder,
  type ProcessRow,
  type ProcessSort,
  processSortValue,
  sortProcesses,
  topCount,
} from './process-table.ts';
import { sortedBy } from './sort.ts';

export const processGroupings = ['name', 'user', 'service', 'container'] as const;
export type ProcessGrouping = (typeof processGroupings)[number];

const summed = {
  cpu: (process: Process) => process.cpu_percent,
  host: (process: Process) => process.cpu_host_percent,
  memory: (process: Process) => process.memory_bytes,
  read: (process: Process) => process.read_bytes_per_second ?? null,
  write: (process: Process) => process.write_bytes_per_second ?? null,
  disk: diskRate,
  threads: (process: Process) => process.threads,
} as const;
export type SummedColumn = keyof typeof summed;

/** What of a process each of them adds. */
export const summedReadings: Readonly<Record<SummedColumn, readonly (keyof Process)[]>> = {
  cpu: ['cpu_percent'],
  host: ['cpu_host_percent'],
  memory: ['memory_bytes'],
  read: ['read_bytes_per_second'],
  write: ['write_bytes_per_second'],
  disk: ['read_bytes_per_second', 'write_bytes_per_second'],
  threads: ['threads'],
};

export interface Sum {
  /** Of those that are known; null where none is. */
  readonly value: number | null;
  /** Of how many processes it is known: with fewer than there are, the whole is this or more. */
  readonly known: number;
}

export interface ProcessGroup {
  /** What they have in common; null: it is hidden, or they are in none; undefined: their sample was kept before this was. */
  readonly name: string | null | undefined;
  readonly rows: readonly ProcessRow[];
  /** How many of them the newest list has: the sums are of these. */
  readonly listed: number;
  readonly sums: Readonly<Record<SummedColumn, Sum>>;
}

/** Rows by what they have in common; the groups in the order of their first rows, and rows in theirs. */
export function groupRows(rows: readonly ProcessRow[], by: ProcessGrouping): ProcessGroup[] {
  const groups = Map.groupBy(rows, ({ process }) => process[by]);
  return [...groups].map(([name, own]) => {
    const listed = own.filter(({ gone }) => !gone).map(({ process }) => process);
    const columns = Object.keys(summed) as SummedColumn[];
    const sums = columns.map((column) => [column, sumOf(listed, summed[column])] as const);
    return { name, rows: own, listed: listed.length, sums: Object.fromEntries(sums) as ProcessGroup['sums'] };
  });
}

function sumOf(processes: readonly Process[], read: (process: Process) => number | null): Sum {
  const values = processes.map(read).filter((value) => value !== null);
  const value = values.length === 0 ? null : values.reduce((sum, one) => sum + one, 0);
  return { value, known: values.length };
}

/**
 * The processes in the order of their groups: these by their sums or their names, and by their first process where the
 * column has no sum. What is in no group stands last by name.
 */
export function sortInGroups(list: readonly Process[], by: ProcessGrouping, sort: ProcessSort): Process[] {
  return flat(sortedGroups(list, by, sort));
}

/** The processes of the ten groups that have the most. */
export function topInGroups(list: readonly Process[], by: ProcessGrouping, order: ProcessOrder): Process[] {
  return flat(sortedGroups(list, by, { column: order, descending: true }).slice(0, topCount));
}

function sortedGroups(list: readonly Process[], by: ProcessGrouping, sort: ProcessSort): ProcessGroup[] {
  const rows = sortProcesses(list, sort).map((process): ProcessRow => ({ process, gone: false }));
  return sortedBy(groupRows(rows, by), sort, ({ name, sums, rows: [first] }) => {
    const { column } = sort;
    if (column === 'name') return name?.toLowerCase() ?? null;
    if (Object.hasOwn(sums, column)) return sums[column as SummedColumn].value;
    return first === undefined ? null : processSortValue(first.process, column);
  });
}

function flat(groups: readonly ProcessGroup[]): Process[] {
  return groups.flatMap(({ rows }) => rows.map(({ process }) => process));
}
