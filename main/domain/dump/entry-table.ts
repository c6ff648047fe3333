import type { EntryState } from '../../contract/dump-entries.ts';
import type { ScannedEntry } from './scan-entries.ts';

/** Where an entry stands, and what its head says in numbers; its texts are read again when they are asked for. */
export interface Place {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Of its separator, in bytes of the file. */
  readonly offset: number;
  readonly bodyOffset: number;
  /** Bytes of the body that are there. */
  readonly size: number;
  readonly state: EntryState;
}

/** Entries of one block, in columns: 37 bytes an entry. */
export interface Block {
  readonly buffer: ArrayBuffer;
  readonly at: Float64Array;
  readonly offset: Float64Array;
  readonly size: Float64Array;
  readonly durationMs: Uint32Array;
  readonly headLength: Uint32Array;
  readonly commandId: Uint16Array;
  /** `noExit` where there is none. */
  readonly exit: Int16Array;
  readonly flags: Uint8Array;
}

export const rowsPerBlock = 1 << 14;
const shift = 14;
const mask = rowsPerBlock - 1;
export const bytesPerRow = 37;

export const noExit = -32_768;
export const flag = { state: 3, error: 4, truncated: 8, timedOut: 16, absent: 32 } as const;
export const stateCodes = ['sound', 'torn', 'lying', 'suspect'] as const satisfies EntryState[];

/** The entries of a `commands.log`. Blocks are only ever added to, so that nothing is copied while it grows. */
export interface EntryTable {
  readonly count: number;
  readonly blocks: readonly Block[];
  /** False where an entry ended before the one in front of it. */
  readonly isOrdered: boolean;
  /** The earliest and the latest instant; null without an entry. */
  readonly first: number | null;
  readonly last: number | null;
  /** `isAbsent`: it read what the host does not have. */
  add(entry: ScannedEntry, isAbsent: boolean): void;
  place(position: number): Place;
  timeOf(position: number): number;
  commandOf(position: number): number;
  countOf(state: EntryState): number;
  /** Takes away the last entries, down to that many. */
  cutTo(count: number): void;
  /** Takes blocks from an index that was kept; what was there before is gone. */
  load(blocks: readonly ArrayBuffer[], count: number): void;
}

export function blockOf(position: number): number {
  return position >> shift;
}

/** An exit other than 0, or none; but what a host does not have is absent, and no failure. */
export function isFailed(exit: number, flags: number): boolean {
  return exit !== 0 && (flags & flag.absent) === 0;
}

export function rowOf(position: number): number {
  return position & mask;
}

export function createEntryTable(): EntryTable {
  let count = 0;
  let blocks: Block[] = [];
  let isOrdered = true;
  let first: number | null = null;
  let last: number | null = null;
  let counts = stateCodes.map(() => 0);

  /** What is known of all entries together, from one that was just put there. */
  function tally(block: Block, row: number): void {
    const at = block.at[row] as number;
    if (last !== null && at < last) isOrdered = false;
    first = first === null ? at : Math.min(first, at);
    last = last === null ? at : Math.max(last, at);
    const code = (block.flags[row] as number) & flag.state;
    counts[code] = (counts[code] as number) + 1;
    count += 1;
  }

  function recount(to: number): void {
    count = 0;
    isOrdered = true;
    first = last = null;
    counts = stateCodes.map(() => 0);
    while (count < to) tally(blocks[blockOf(count)] as Block, rowOf(count));
  }

  const blockAt = (position: number): Block => blocks[blockOf(position)] as Block;

  return {
    get count() {
      return count;
    },
    get blocks() {
      return blocks;
    },
    get isOrdered() {
      return isOrdered;
    },
    get first() {
      return first;
    },
    get last() {
      return last;
    },
    add: ({ head, commandId, state, offset, size, bodyOffset }, isAbsent) => {
      const row = rowOf(count);
      if (blocks.length === blockOf(count)) blocks.push(blockIn(new ArrayBuffer(rowsPerBlock * bytesPerRow)));
      const block = blockAt(count);
      block.at[row] = head.at;
      block.offset[row] = offset;
      block.size[row] = size;
      block.durationMs[row] = Math.min(head.durationMs, 0xffff_ffff);
      block.headLength[row] = bodyOffset - offset;
      block.commandId[row] = commandId;
      block.exit[row] = head.exit === null ? noExit : Math.max(-32_767, Math.min(32_767, head.exit));
      block.flags[row] =
        stateCodes.indexOf(state) |
        (head.isError ? flag.error : 0) |
        (head.truncated ? flag.truncated : 0) |
        (head.timedOut ? flag.timedOut : 0) |
        (isAbsent ? flag.absent : 0);
      tally(block, row);
    },
    place: (position) => {
      const block = blockAt(position);
      const row = rowOf(position);
      const offset = block.offset[row] as number;
      return {
        at: block.at[row] as number,
        offset,
        bodyOffset: offset + (block.headLength[row] as number),
        size: block.size[row] as number,
        state: stateCodes[(block.flags[row] as number) & flag.state] as EntryState,
      };
    },
    timeOf: (position) => blockAt(position).at[rowOf(position)] as number,
    commandOf: (position) => blockAt(position).commandId[rowOf(position)] as number,
    countOf: (state) => counts[stateCodes.indexOf(state)] as number,
    cutTo: recount,
    load: (buffers, loaded) => {
      blocks = buffers.map(blockIn);
      recount(loaded);
    },
  };
}

function blockIn(buffer: ArrayBuffer): Block {
  const n = rowsPerBlock;
  return {
    buffer,
    at: new Float64Array(buffer, 0, n),
    offset: new Float64Array(buffer, 8 * n, n),
    size: new Float64Array(buffer, 16 * n, n),
    durationMs: new Uint32Array(buffer, 24 * n, n),
    headLength: new Uint32Array(buffer, 28 * n, n),
    commandId: new Uint16Array(buffer, 32 * n, n),
    exit: new Int16Array(buffer, 34 * n, n),
    flags: new Uint8Array(buffer, 36 * n, n),
  };
}
