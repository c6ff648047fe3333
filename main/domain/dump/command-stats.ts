import type { CommandStats } from '../../contract/dump-entries.ts';
import type { CommandTable } from './command-table.ts';
import { type Block, blockOf, type EntryTable, flag, isFailed, rowOf } from './entry-table.ts';

interface Tally {
  runs: number;
  failures: number;
  durations: number[];
  minSize: number;
  maxSize: number;
  bytes: number;
  first: number;
  last: number;
}

/**
 * The runs of each command among some entries, the command that ran most often first. An entry that never ran counts
 * as a failure, and not for durations: its 0 ms says nothing.
 * @param positions null for all
 */
export function commandStats(
  table: EntryTable,
  { commands }: CommandTable,
  positions: Uint32Array | null,
): CommandStats[] {
  const tallies: (Tally | undefined)[] = new Array(commands.length);
  const count = positions?.length ?? table.count;
  for (let index = 0; index < count; index++) {
    const position = positions === null ? index : (positions[index] as number);
    const block = table.blocks[blockOf(position)] as Block;
    add(tallies, block, rowOf(position));
  }
  return tallies
    .flatMap((tally, id) => (tally === undefined ? [] : [statsOf(id, commands[id]?.line ?? '', tally)]))
    .sort((a, b) => b.runs - a.runs || a.id - b.id);
}

function add(tallies: (Tally | undefined)[], block: Block, row: number): void {
  const id = block.commandId[row] as number;
  const at = block.at[row] as number;
  const size = block.size[row] as number;
  const tally = tallies[id] ?? newTally(at, size);
  tallies[id] = tally;
  tally.runs += 1;
  if (isFailed(block.exit[row] as number, block.flags[row] as number)) tally.failures += 1;
  if (((block.flags[row] as number) & flag.error) === 0) tally.durations.push(block.durationMs[row] as number);
  if (size < tally.minSize) tally.minSize = size;
  if (size > tally.maxSize) tally.maxSize = size;
  tally.bytes += size;
  if (at < tally.first) tally.first = at;
  if (at > tally.last) tally.last = at;
}

function newTally(at: number, size: number): Tally {
  return { runs: 0, failures: 0, durations: [], minSize: size, maxSize: size, bytes: 0, first: at, last: at };
}

function statsOf(id: number, command: string, tally: Tally): CommandStats {
  const { durations, ...told } = tally;
  const sorted = Float64Array.from(durations).sort();
  const sum = sorted.reduce((total, ms) => total + ms, 0);
  return {
    id,
    command,
    ...told,
    meanMs: sorted.length === 0 ? null : sum / sorted.length,
    // By the nearest rank.
    p95Ms: sorted[Math.ceil(sorted.length * 0.95) - 1] ?? null,
    maxMs: sorted.at(-1) ?? null,
    meanSize: told.bytes / told.runs,
  };
}
