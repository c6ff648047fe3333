import type { Process } from '../../main/contract/samples.ts';
import { type Sort, sortedBy } from './sort.ts';

export type ProcessOrder = 'cpu' | 'memory' | 'disk';

/** The three tops, and all that the sample lists. */
export type ProcessScope = ProcessOrder | 'all';

export const processColumns = [
  'pid',
  'name',
  'cpu',
  'host',
  'memory',
  'read',
  'write',
  'user',
  'threads',
  'nice',
  'state',
] as const;
/** `disk`: what is read and written, together; it is an order and no column. */
export type ProcessColumn = (typeof processColumns)[number] | 'disk';
export type ProcessSort = Sort<ProcessColumn>;

/** How many rows, or groups of them, a top has. */
export const topCount = 10;

export function processSortValue(process: Process, column: ProcessColumn): number | string | null {
  switch (column) {
    case 'pid':
      return process.pid;
    case 'name':
      return process.name.toLowerCase();
    case 'cpu':
      return process.cpu_percent;
    case 'host':
      return process.cpu_host_percent;
    case 'memory':
      return process.memory_bytes;
    case 'read':
      return process.read_bytes_per_second ?? null;
    case 'write':
      return process.write_bytes_per_second ?? null;
    case 'disk':
      return diskRate(process);
    case 'nice':
      return process.nice ?? null;
    case 'user':
      return process.user?.toLowerCase() ?? null;
    case 'threads':
      return process.threads;
    case 'state':
      return process.state;
  }
}

/** Bytes a second read and written together; null where neither is known. */
export function diskRate({ read_bytes_per_second: read, write_bytes_per_second: write }: Process): number | null {
  return read == null && write == null ? null : (read ?? 0) + (write ?? 0);
}

/** What is unknown stands last in both directions, and equals keep the order of their PIDs, so that rows do not dance. */
export function sortProcesses(list: readonly Process[], sort: ProcessSort): Process[] {
  const byPid = [...list].sort((a, b) => a.pid - b.pid);
  return sortedBy(byPid, sort, (process) => processSortValue(process, sort.column));
}

export function topProcesses(list: readonly Process[], order: ProcessOrder): Process[] {
  return sortProcesses(list, { column: order, descending: true }).slice(0, topCount);
}

/** Whether each word is in the name, the command line, the user, the service or the container, or is the PID. */
export function matchesProcess({ pid, name, command, user, service, container }: Process, filter: string): boolean {
  const text = `${name} ${command ?? ''} ${user ?? ''} ${service ?? ''} ${container ?? ''}`.toLowerCase();
  const words = filter.toLowerCase().split(/\s+/);
  return words.every((word) => text.includes(word) || word === String(pid));
}

/** Names one process, also after its PID was used again. */
export function processKey({ pid, start_ticks }: Process): string {
  return `${pid}:${start_ticks}`;
}

export interface ProcessRow {
  readonly process: Process;
  /** Not in the newest list any more: these are its last values. */
  readonly gone: boolean;
}

/** Rows that keep the places of those before: with new values, what is gone marked, what is new below. */
export function heldRows(
  before: readonly ProcessRow[],
  list: readonly Process[],
  rows: readonly Process[],
): ProcessRow[] {
  const now = new Map(list.map((process) => [processKey(process), process]));
  const kept = before.map(({ process }): ProcessRow => {
    const newer = now.get(processKey(process));
    return { process: newer ?? process, gone: newer === undefined };
  });
  const known = new Set(before.map(({ process }) => processKey(process)));
  const entrants = rows.filter((process) => !known.has(processKey(process)));
  return [...kept, ...entrants.map((process) => ({ process, gone: false }))];
}
