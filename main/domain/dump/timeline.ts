import type { Timeline } from '../../contract/dump-entries.ts';
import { type Block, blockOf, type EntryTable, isFailed, rowOf } from './entry-table.ts';

/** Entries of one round come within this: what is longer is the pause between two rounds. */
const betweenRoundsMs = 500;
/** So many times the usual pause is a gap. */
const gapTimes = 5;
/** Shorter silences are no gap, however dense a dump is. */
const leastGapMs = 10_000;
/** Told at most: the longest. */
const maxGaps = 500;

/**
 * How much happened when, in that many steps of equal length from the first of the entries to the last.
 * @param positions null for all
 */
export function timelineOf(table: EntryTable, positions: Uint32Array | null, steps: number): Timeline {
  const count = positions?.length ?? table.count;
  const positionOf = (index: number) => (positions === null ? index : (positions[index] as number));
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < count; index++) {
    const at = table.timeOf(positionOf(index));
    if (at < first) first = at;
    if (at > last) last = at;
  }
  const from = count === 0 ? 0 : first;
  const stepMs = count === 0 ? 0 : Math.max(1, Math.ceil((last - first + 1) / steps));
  const length = count === 0 ? 0 : Math.floor((last - first) / stepMs) + 1;
  const [entries, failures, bytes] = [new Array(length).fill(0), new Array(length).fill(0), new Array(length).fill(0)];
  for (let index = 0; index < count; index++) {
    const position = positionOf(index);
    const block = table.blocks[blockOf(position)] as Block;
    const row = rowOf(position);
    const step = Math.floor(((block.at[row] as number) - from) / stepMs);
    entries[step] += 1;
    if (isFailed(block.exit[row] as number, block.flags[row] as number)) failures[step] += 1;
    bytes[step] += block.size[row] as number;
  }
  return { from, stepMs, entries, failures, bytes, gaps: gapsIn(table) };
}

/** Spans in which nothing was written, of the whole dump: a filter makes no gap. */
function gapsIn(table: EntryTable): { from: number; to: number }[] {
  const pauses: number[] = [];
  for (let position = 1; position < table.count; position++) {
    const pause = table.timeOf(position) - table.timeOf(position - 1);
    if (pause >= betweenRoundsMs) pauses.push(pause);
  }
  const usual = Float64Array.from(pauses).sort()[pauses.length >> 1] ?? 0;
  const least = Math.max(leastGapMs, usual * gapTimes);
  const gaps: { from: number; to: number }[] = [];
  for (let position = 1; position < table.count; position++) {
    const [from, to] = [table.timeOf(position - 1), table.timeOf(position)];
    if (to - from > least) gaps.push({ from, to });
  }
  const longest = gaps.toSorted((a, b) => b.to - b.from - (a.to - a.from)).slice(0, maxGaps);
  return longest.sort((a, b) => a.from - b.from);
}
