import type { EntryFilter } from '../../contract/dump-entries.ts';
import type { EntryMark } from '../../contract/entry-marks.ts';
import type { CommandTable } from './command-table.ts';
import { type Block, type EntryTable, flag, isFailed, noExit, rowsPerBlock, stateCodes } from './entry-table.ts';

/** What a filter needs beside the table: who has hits or notes is not in it. */
export interface Selected {
  has(position: number): boolean;
}

export interface FilterContext {
  readonly table: EntryTable;
  readonly commands: CommandTable;
  /** Null for a filter that does not ask. */
  readonly withHits: Selected | null;
  readonly withNote: Selected | null;
}

/** A test of one row, with all that can be known before put into tables. */
type RowTest = (block: Block, row: number, position: number) => boolean;

/** Whether a filter lets everything pass. */
export function isOpen(filter: EntryFilter): boolean {
  return Object.values(filter).every((part) => part === undefined);
}

/** Positions from `from` on that pass, in their order; of all entries, also of those that pass nothing else. */
export function selectEntries(filter: EntryFilter, context: FilterContext, from: number, to: number): Uint32Array {
  const { table } = context;
  const test = testOf(filter, context);
  let found = new Uint32Array(1024);
  let count = 0;
  for (let position = from; position < to; ) {
    const block = table.blocks[Math.floor(position / rowsPerBlock)] as Block;
    const end = Math.min(to, (Math.floor(position / rowsPerBlock) + 1) * rowsPerBlock);
    for (let row = position % rowsPerBlock; position < end; row++, position++) {
      if (!test(block, row, position)) continue;
      if (count === found.length) found = grown(found);
      found[count++] = position;
    }
  }
  return found.slice(0, count);
}

function grown(found: Uint32Array): Uint32Array<ArrayBuffer> {
  const next = new Uint32Array(found.length * 2);
  next.set(found);
  return next;
}

function testOf(filter: EntryFilter, { commands, withHits, withNote }: FilterContext): RowTest {
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY, exit, failed } = filter;
  const { minDurationMs = 0, minSize = 0, maxSize = Number.POSITIVE_INFINITY } = filter;
  const allowed = allowedCommands(filter, commands);
  const mask = filter.marks === undefined ? null : marksTest(filter.marks);
  return (block, row, position) => {
    const at = block.at[row] as number;
    if (at < from || at > to) return false;
    if (allowed !== null && allowed[block.commandId[row] as number] !== 1) return false;
    if (failed === true && !isFailed(block.exit[row] as number, block.flags[row] as number)) return false;
    if (exit !== undefined && block.exit[row] !== exit) return false;
    if ((block.durationMs[row] as number) < minDurationMs) return false;
    const size = block.size[row] as number;
    if (size < minSize || size > maxSize) return false;
    if (mask !== null && !mask(block.exit[row] as number, block.flags[row] as number)) return false;
    return (withHits === null || withHits.has(position)) && (withNote === null || withNote.has(position));
  };
}

/** By command id: 1 where its line, kind and id are wanted; null where all are. */
function allowedCommands({ commands: ids, command, kind }: EntryFilter, table: CommandTable): Uint8Array | null {
  if (ids === undefined && command === undefined && kind === undefined) return null;
  const wanted = ids === undefined ? null : new Set(ids);
  const part = command?.toLowerCase();
  return Uint8Array.from(table.commands, (one) => {
    const passes =
      (wanted === null || wanted.has(one.id)) &&
      (part === undefined || one.line.toLowerCase().includes(part)) &&
      (kind === undefined || one.kind === kind);
    return passes ? 1 : 0;
  });
}

const markTests: Readonly<Record<EntryMark, (exit: number, flags: number) => boolean>> = {
  failed: isFailed,
  not_run: (_exit, flags) => (flags & flag.error) !== 0,
  timed_out: (_exit, flags) => (flags & flag.timedOut) !== 0,
  truncated: (_exit, flags) => (flags & flag.truncated) !== 0,
  torn: (_exit, flags) => (flags & flag.state) === stateCodes.indexOf('torn'),
  lying: (_exit, flags) => (flags & flag.state) === stateCodes.indexOf('lying'),
  suspect: (_exit, flags) => (flags & flag.state) === stateCodes.indexOf('suspect'),
};

function marksTest(marks: readonly EntryMark[]): (exit: number, flags: number) => boolean {
  const tests = marks.map((mark) => markTests[mark]);
  return (exit, flags) => tests.some((test) => test(exit, flags));
}

/** As the contract tells an exit: null where there is none. */
export function exitOf(stored: number): number | null {
  return stored === noExit ? null : stored;
}
