import { setImmediate } from 'node:timers/promises';
import type { ByteRange } from '../../../domain/dump/byte-ranges.ts';
import type { FilePiece } from '../../../domain/dump/grep-lines.ts';
import { maxHeadBytes, readHead } from '../../../domain/dump/read-head.ts';
import { findSeparator, startsHead } from '../../../domain/dump/read-separator.ts';
import { type ScannedEntry, scanEntries } from '../../../domain/dump/scan-entries.ts';
import type { SparseCopy } from './sparse-copy.ts';

export type FetchRanges = (ranges: readonly ByteRange[]) => Promise<void>;

/** Heads whose command has several lines: most are short, and the longest is what a head may be. */
const headSteps = [256, 2048, maxHeadBytes];
/** A scan hops from head to head: what is between them is not here. */
const windowBytes = 4096;
/** After so many reads others have their turn. */
const turn = 500;
/** Damage that is found in damage that was fetched ends somewhere. */
const maxRounds = 20;
/** More than this is not fetched before somebody asks for it. */
const maxDoubtBytes = 32 << 20;

/** Heads that grep printed only in part: those of commands with several lines. */
export function createHeadCheck(): { check(piece: FilePiece): void; readonly incomplete: readonly number[] } {
  const incomplete: number[] = [];
  return {
    incomplete,
    check: ({ offset, bytes }) => {
      for (let at = findSeparator(bytes, 0); at >= 0; at = findSeparator(bytes, at + 6)) {
        if (startsHead(bytes, at) && readHead(bytes, at) === null) incomplete.push(offset + at);
      }
    },
  };
}

/**
 * Fetches what a reader of the whole file would look at besides the heads: long heads, and where entries do not end as
 * they say, all that lies between them. Then the copy reads as the file does. False where that would be too much, or
 * where the sizes in the file are wrong anyhow: what is hidden in outputs is found only in the whole file then.
 */
export async function completeHeads(
  copy: SparseCopy,
  incomplete: readonly number[],
  fetch: FetchRanges,
  signal: AbortSignal,
): Promise<boolean> {
  const buffer = Buffer.alloc(maxHeadBytes);
  let short = incomplete;
  for (const length of headSteps) {
    await fetch(short.flatMap((offset) => copy.missing(offset, offset + length)));
    short = short.filter((offset) => readHead(copy.read(offset, buffer.subarray(0, length)), 0) === null);
  }
  let fetched = 0;
  for (let round = 0; round < maxRounds; round++) {
    const { doubts, isTrusted } = await doubtsIn(copy, signal);
    const missing = doubts.flatMap(({ from, to }) => copy.missing(from, to));
    fetched += missing.reduce((sum, { from, to }) => sum + to - from, 0);
    if (missing.length === 0) return isTrusted;
    if (fetched > maxDoubtBytes) return false;
    await fetch(missing);
  }
  return false;
}

/**
 * Where only the bytes themselves tell what is there. A scan that takes the sizes for wrong stops: what seems to lie may
 * turn out to be torn when its bytes are here.
 */
async function doubtsIn(
  copy: SparseCopy,
  signal: AbortSignal,
): Promise<{ readonly doubts: ByteRange[]; readonly isTrusted: boolean }> {
  const window = Buffer.alloc(windowBytes);
  const scan = scanEntries({ fileSize: copy.size, trustSizes: true, windowBytes, commandIdOf: () => 0 });
  const doubts: ByteRange[] = [];
  let before: ScannedEntry | null = null;
  let reads = 0;
  let step = scan.next(window);
  while (!step.done) {
    const { value } = step;
    if (value.type === 'entry') {
      doubts.push(...doubtsBetween(before, value.offset));
      before = value;
      step = scan.next(window);
      continue;
    }
    reads += 1;
    if (reads % turn === 0) await setImmediate(undefined, { signal });
    const isWindow = value.type === 'read' && value.length <= windowBytes;
    const buffer = isWindow ? window.subarray(0, value.length) : Buffer.alloc(value.length);
    step = scan.next(copy.read(value.offset, buffer));
  }
  if (step.value.distrusted) return { doubts, isTrusted: false };
  return { doubts: [...doubts, ...doubtsBetween(before, copy.size)], isTrusted: true };
}

/** Between an entry and the next one, or the end; before the first one all is in doubt. */
function doubtsBetween(entry: ScannedEntry | null, next: number): ByteRange[] {
  if (entry === null) return [{ from: 0, to: next }];
  const { state, head, bodyOffset, size } = entry;
  if (state !== 'sound') return [{ from: bodyOffset, to: next }];
  const end = bodyOffset + size;
  // Two newlines, in text mode of two bytes each; or what stands behind an entry without a body.
  if (head.size !== null && (next - end === 2 || next - end === 4)) return [];
  return [{ from: end, to: next }];
}
