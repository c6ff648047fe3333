import type { CommandStats, Entry } from '../../../main/contract/dump-entries.ts';
import { type Cell, csvRows } from '../../../main/domain/present/csv.ts';

export type TableFormat = 'csv' | 'json';

/** Rows of one file; a spreadsheet holds about a million. */
export const maxSavedRows = 1_000_000;

const entryColumns: readonly (keyof Entry)[] = [
  'position',
  'at',
  'command',
  'exit',
  'error',
  'durationMs',
  'size',
  'stderr',
  'offset',
  'state',
  'truncated',
  'timedOut',
  'absent',
  'kind',
];

const commandColumns: readonly (keyof CommandStats)[] = [
  'command',
  'runs',
  'failures',
  'meanMs',
  'p95Ms',
  'maxMs',
  'minSize',
  'meanSize',
  'maxSize',
  'bytes',
  'first',
  'last',
];

/** Instants are told in UTC, so that a table says the same wherever it is read. */
const instants = new Set<string>(['at', 'first', 'last']);

type Row = Readonly<Record<string, Cell>>;

function rowOf<Item>(item: Item, columns: readonly (keyof Item & string)[]): Row {
  return Object.fromEntries(
    columns.map((column) => {
      const value = item[column] as Cell;
      return [column, instants.has(column) && typeof value === 'number' ? new Date(value).toISOString() : value];
    }),
  );
}

/** Turns rows into text, some at a time: what begins the file, a part of it, and what ends it. */
export interface TableWriter<Item> {
  begin(): string;
  part(items: readonly Item[]): string;
  end(): string;
}

function createWriter<Item>(format: TableFormat, columns: readonly (keyof Item & string)[]): TableWriter<Item> {
  let written = 0;
  if (format === 'csv') {
    return {
      begin: () => csvRows([columns]),
      part: (items) => csvRows(items.map((item) => Object.values(rowOf(item, columns)))),
      end: () => '',
    };
  }
  return {
    begin: () => '[',
    part: (items) =>
      items.map((item) => `${written++ === 0 ? '\n' : ',\n'}${JSON.stringify(rowOf(item, columns))}`).join(''),
    end: () => '\n]\n',
  };
}

export function entryWriter(format: TableFormat): TableWriter<Entry> {
  return createWriter<Entry>(format, entryColumns);
}

export function commandWriter(format: TableFormat): TableWriter<CommandStats> {
  return createWriter<CommandStats>(format, commandColumns);
}
