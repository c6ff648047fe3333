import type { CommandStats } from '../../../main/contract/dump-entries.ts';
import { type Sort, sortedBy } from '../sort.ts';

export type CommandColumn = keyof Pick<
  CommandStats,
  'command' | 'runs' | 'failures' | 'meanMs' | 'p95Ms' | 'maxMs' | 'meanSize' | 'maxSize' | 'bytes'
>;

/** In the order of a column; those that are equal in it by what they came to. */
export function sortCommands(commands: readonly CommandStats[], sort: Sort<CommandColumn>): CommandStats[] {
  const byRuns = sortedBy(commands, { column: 'runs', descending: true }, ({ runs }) => runs);
  return sortedBy(byRuns, sort, (row) => row[sort.column]);
}
