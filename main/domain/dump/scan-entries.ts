import type { EntryState } from '../../contract/dump-entries.ts';
import { type EntryHead, maxHeadBytes, readHead } from './read-head.ts';
import { findSeparator } from './read-separator.ts';

/**
 * Asks for that part of the file; answered with its bytes, or fewer where the file has become shorter. What a `read`
 * was answered with must stay until the next `read`; a `peek` is for a few bytes elsewhere, in between.
 */
export interface ReadRequest {
  readonly type: 'read' | 'peek';
  readonly offset: number;
  readonly length: number;
}

export interface ScannedEntry {
  readonly type: 'entry';
  readonly head: EntryHead;
  /** What `commandIdOf` answered. */
  readonly commandId: number;
  readonly state: EntryState;
  /** Where its separator begins, in bytes of the file. */
  readonly offset: number;
  readonly bodyOffset: number;
  /** Bytes of the body that are there, whatever the head says. */
  readonly size: number;
}

export interface ScanEnd {
  /** Bytes that belong to no entry. */
  readonly skippedBytes: number;
  /** True: sizes turned out to lie, so this scan is void; scan again without trusting them. */
  readonly distrusted: boolean;
}

export interface ScanOptions {
  /** Bytes of `commands.log`. */
  readonly fileSize: number;
  readonly trustSizes: boolean;
  /** How much to read at once. */
  readonly windowBytes: number;
  /** Numbers a command by its line, which stands between two places of some bytes. */
  commandIdOf(bytes: Uint8Array, from: number, to: number): number;
  /** Where to go on in a file that has grown: at an entry, after so many others that ended until then. */
  readonly resume?: { readonly offset: number; readonly entries: number; readonly latest: number };
}

/** A head that parsed, or the end of the file. */
type Found =
  | { readonly offset: number; readonly head: EntryHead; readonly commandId: number }
  | { readonly offset: number; readonly head: null; readonly commandId: -1 };

/** Above 1 % of the first 1,000 entries; fewer lies than that are what damage looks like. */
const maxLies = 10;
const trustSample = 1000;
/** Newlines that may stand between an entry without a body and the next separator. */
const maxBareGap = 8;
/** More than a separator line. */
const separatorBytes = 64;
/** `===== ` */
const separatorStart = 6;

/**
 * Reads the entries of a `commands.log` in their order: a generator that asks for bytes and yields entries, so that
 * whoever reads the file decides how. A body is not looked into while its size proves true. No entry that is whole is
 * lost to damage before it: after damage the scan goes on at the next head that parses, even in the middle of a line.
 */
export function* scanEntries(options: ScanOptions): Generator<ReadRequest | ScannedEntry, ScanEnd, Uint8Array> {
  const { trustSizes, windowBytes, commandIdOf, resume } = options;
  let { fileSize } = options;
  let window: Uint8Array = new Uint8Array(0);
  let windowAt = 0;
  let skippedBytes = 0;
  let entries = resume?.entries ?? 0;
  let lies = 0;
  let latest = resume?.latest ?? Number.NEGATIVE_INFINITY;

  /** True when the window has `length` bytes from `offset` on, or what the file has of them. */
  function holds(offset: number, length: number): boolean {
    return offset >= windowAt && Math.min(fileSize, offset + length) <= windowAt + window.length;
  }

  /** Makes it so. The window only ever goes forward, so that a file is read hardly more than once. */
  function* hold(offset: number, length: number): Generator<ReadRequest, void, Uint8Array> {
    const wanted = Math.min(fileSize - offset, Math.max(length, windowBytes));
    window = wanted > 0 ? yield { type: 'read', offset, length: wanted } : new Uint8Array(0);
    windowAt = offset;
    if (window.length < wanted) fileSize = offset + window.length;
  }

  /** A few bytes, wherever they are: a size that lies must not make the window go there and come back. */
  function* peek(offset: number, length: number): Generator<ReadRequest, Uint8Array, Uint8Array> {
    const wanted = Math.min(length, fileSize - offset);
    if (holds(offset, length)) return window.subarray(offset - windowAt, offset - windowAt + wanted);
    const bytes = wanted > 0 ? yield { type: 'peek', offset, length: wanted } : new Uint8Array(0);
    if (bytes.length < wanted) fileSize = offset + bytes.length;
    return bytes;
  }

  /** Of the head that the window holds at `offset`. */
  function foundAt(offset: number, head: EntryHead): Found {
    const at = offset - windowAt;
    return { offset, head, commandId: commandIdOf(window, at + head.commandAt, at + head.resultAt - 1) };
  }

  /** Most heads are short: what the window has of one will do, unless it was not enough. */
  function* headAt(offset: number): Generator<ReadRequest, Found | null, Uint8Array> {
    if (!holds(offset, separatorBytes)) yield* hold(offset, separatorBytes);
    let head = readHead(window, offset - windowAt);
    if (head === null && !holds(offset, maxHeadBytes)) {
      yield* hold(offset, maxHeadBytes);
      head = readHead(window, offset - windowAt);
    }
    return head === null ? null : foundAt(offset, head);
  }

  /** The next head that parses, at `from` or after; the end of the file when there is none. */
  function* nextHead(from: number): Generator<ReadRequest, Found, Uint8Array> {
    for (let offset = from; offset < fileSize; ) {
      if (!holds(offset, separatorBytes)) yield* hold(offset, separatorBytes);
      const at = findSeparator(window, offset - windowAt);
      if (at < 0) {
        const end = windowAt + window.length;
        offset = end < fileSize ? Math.max(offset, end - separatorStart) : end;
        continue;
      }
      offset = windowAt + at;
      const found = yield* headAt(offset);
      if (found !== null) return found;
      offset += separatorStart;
    }
    return { offset: fileSize, head: null, commandId: -1 };
  }

  /** Nearly every entry ends where it says, inside the window, with another behind it; null for the others. */
  function followingInWindow(bodyEnd: number): Found | null {
    if (bodyEnd < windowAt || bodyEnd + separatorBytes > windowAt + window.length) return null;
    const at = bodyEnd - windowAt;
    const length = newlines(window, at);
    const head = length === 0 ? null : readHead(window, at + length);
    return head === null ? null : foundAt(bodyEnd + length, head);
  }

  /** Where the next entry begins when two newlines and then a separator or the end follow `bodyEnd`; else null. */
  function* properEnd(bodyEnd: number): Generator<ReadRequest, number | null, Uint8Array> {
    if (bodyEnd + 2 > fileSize) return null;
    const isHeld = holds(bodyEnd, separatorBytes);
    const bytes = isHeld ? window : yield* peek(bodyEnd, separatorBytes);
    const at = isHeld ? bodyEnd - windowAt : 0;
    const length = newlines(bytes, at);
    if (length === 0) return null;
    const next = bodyEnd + length;
    return next === fileSize || isSeparatorOrCut(bytes, at + length) ? next : null;
  }

  /** How many bytes before `offset` are the two newlines that end a body; 0 when there are none. */
  function* endBefore(offset: number, bodyOffset: number): Generator<ReadRequest, number, Uint8Array> {
    const back = Math.min(4, offset - bodyOffset);
    const bytes = yield* peek(offset - back, back);
    for (let index = 0; index < back; index++) if (index + newlines(bytes, index) === back) return back - index;
    return 0;
  }

  function* isEndAt(offset: number): Generator<ReadRequest, boolean, Uint8Array> {
    return offset < fileSize && newlines(yield* peek(offset, 4), 0) > 0;
  }

  function* isBlank(from: number, length: number): Generator<ReadRequest, boolean, Uint8Array> {
    return (yield* peek(from, length)).every((byte) => byte === 0x0a || byte === 0x0d);
  }

  let { offset, head, commandId } = yield* nextHead(resume?.offset ?? 0);
  let afterProperEnd = true;
  skippedBytes += offset - (resume?.offset ?? 0);
  while (head !== null) {
    const bodyOffset = offset + head.length;
    const claimed = trustSizes && head.size !== null ? head.size : null;
    const following = claimed === null ? null : followingInWindow(bodyOffset + claimed);
    const next = following === null && claimed !== null ? yield* properEnd(bodyOffset + claimed) : null;
    let found: Found;
    let state: EntryState = 'sound';
    let size = head.size ?? 0;
    let ended = true;
    if (following !== null) {
      found = following;
    } else if (next !== null) {
      found = (next < fileSize ? yield* headAt(next) : null) ?? (yield* nextHead(next));
      skippedBytes += found.offset - next;
    } else {
      found = yield* nextHead(bodyOffset);
      const gap = found.offset - bodyOffset;
      const end = yield* endBefore(found.offset, bodyOffset);
      ended = end > 0;
      if (head.size === null) {
        ended = gap <= maxBareGap && (yield* isBlank(bodyOffset, gap));
        state = ended ? 'sound' : 'torn';
      } else if (!ended || (trustSizes && isCut(size, gap, end, found.head === null))) {
        state = 'torn';
        size = Math.min(size, gap);
      } else if (gap - end > size && trustSizes && (yield* isEndAt(bodyOffset + size))) {
        // It seems whole, and what follows is damage: not a body that swallowed its neighbours.
        state = 'torn';
        skippedBytes += Math.max(0, gap - size - end);
      } else if (gap - end !== size) {
        state = 'lying';
        size = gap - end;
        lies += 1;
      }
    }
    // Without trust in sizes, the blank line before a head and the order of time tell it from one in an output.
    if (!trustSizes && (head.at < latest || !afterProperEnd)) state = 'suspect';
    latest = Math.max(latest, head.at);
    entries += 1;
    if (trustSizes && entries <= trustSample && lies > maxLies) return { skippedBytes, distrusted: true };
    yield { type: 'entry', head, commandId, state, offset, bodyOffset, size };
    ({ offset, head, commandId } = found);
    afterProperEnd = ended;
  }
  return { skippedBytes, distrusted: false };
}

/** `===== `, or as much of it as the end of the file leaves. */
function isSeparatorOrCut(bytes: Uint8Array, at: number): boolean {
  for (let index = at; index < Math.min(at + separatorStart, bytes.length); index++) {
    if (bytes[index] !== (index < at + 5 ? 0x3d : 0x20)) return false;
  }
  return true;
}

/** A body that only seems to end properly: its own last newlines stand where those of the entry are missing. */
function isCut(claimed: number, gap: number, end: number, isLast: boolean): boolean {
  return claimed > gap - end && (isLast || claimed <= gap);
}

/** Bytes of the two newlines at that place, as they are or as a transfer in text mode made them; 0 for none. */
function newlines(bytes: Uint8Array, at: number): number {
  if (bytes[at] === 0x0a && bytes[at + 1] === 0x0a) return 2;
  const carriage = bytes[at] === 0x0d && bytes[at + 1] === 0x0a && bytes[at + 2] === 0x0d && bytes[at + 3] === 0x0a;
  return carriage ? 4 : 0;
}
