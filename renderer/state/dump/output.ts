import { type ByteRow, createRowIndex, cutRows, type RowShape } from './byte-rows.ts';

/** Reads a window of an output, from its first byte on. */
export type ReadOutput = (start: number, length: number, signal: AbortSignal) => AsyncIterable<Uint8Array>;

export interface OutputRow extends ByteRow {
  /** Null while its window is on its way. */
  readonly bytes: Uint8Array | null;
}

/** An output of any size of which some windows are here: memory is bounded whatever a command printed. */
export interface Output {
  /** Rows that are known so far, and whether these are all. */
  readonly rowCount: number;
  readonly lineCount: number;
  readonly done: boolean;
  /** The first bytes, for a look at what it is; null until they are here. */
  beginning(): Uint8Array | null;
  /** Rows in a range; those whose bytes are not here are asked for. */
  rows(first: number, end: number): OutputRow[];
  /** Bytes in a range, or null and asked for. */
  bytes(start: number, end: number): Uint8Array | null;
  /** The row that holds a byte; null while that is not known. */
  rowOf(byte: number): number | null;
  close(): void;
}

const windowBytes = 256 << 10;
/** Windows that are kept: 4 MiB. */
const maxWindows = 16;
/** What one call reads while the rows are counted. */
const passBytes = 4 << 20;

/**
 * Opens an output: its windows are read as they are looked at, and one pass over all of it counts the rows meanwhile.
 * `onChange` is called when more is here, `onFault` with what a read threw.
 */
export function openOutput(
  size: number,
  shape: RowShape,
  read: ReadOutput,
  onChange: () => void,
  onFault: (error: unknown) => void,
): Output {
  const index = createRowIndex(shape);
  const windows = new Map<number, Uint8Array>();
  const asked = new Set<number>();
  const closing = new AbortController();
  const { signal } = closing;

  async function countRows(): Promise<void> {
    for (let from = 0; from < size; from += passBytes) {
      let at = from;
      for await (const chunk of read(from, Math.min(passBytes, size - from), signal)) {
        if (signal.aborted) return;
        index.push(chunk);
        keepBeginning(chunk, at);
        at += chunk.length;
      }
      onChange();
    }
    index.end();
    onChange();
  }

  /** The first window comes with the pass, and is not read twice. */
  const first = new Uint8Array(Math.min(size, windowBytes));
  function keepBeginning(chunk: Uint8Array, at: number): void {
    if (at >= first.length) return;
    first.set(chunk.subarray(0, first.length - at), at);
    if (at + chunk.length >= first.length) {
      keep(0, first);
      onChange();
    }
  }

  function keep(number: number, bytes: Uint8Array): void {
    windows.delete(number);
    windows.set(number, bytes);
    for (const oldest of windows.keys()) {
      if (windows.size <= maxWindows) break;
      windows.delete(oldest);
    }
  }

  async function fetchWindow(number: number): Promise<void> {
    const start = number * windowBytes;
    const bytes = new Uint8Array(Math.min(windowBytes, size - start));
    let filled = 0;
    for await (const chunk of read(start, bytes.length, signal)) {
      bytes.set(chunk.subarray(0, bytes.length - filled), filled);
      filled += chunk.length;
    }
    keep(number, bytes);
    onChange();
  }

  function tell(error: unknown): void {
    if (!signal.aborted) onFault(error);
  }

  function want(number: number): void {
    // The first one is on its way with the pass.
    if (number === 0 || windows.has(number) || asked.has(number)) return;
    asked.add(number);
    fetchWindow(number)
      .catch(tell)
      .finally(() => asked.delete(number));
  }

  function bytesIn(start: number, end: number): Uint8Array | null {
    const from = Math.floor(start / windowBytes);
    const last = Math.floor(Math.max(start, end - 1) / windowBytes);
    const parts: Uint8Array[] = [];
    for (let number = from; number <= last; number++) {
      const held = windows.get(number);
      if (held === undefined) want(number);
      else parts.push(held);
    }
    if (parts.length <= last - from) return null;
    const [only] = parts;
    if (parts.length === 1 && only !== undefined)
      return only.subarray(start - from * windowBytes, end - from * windowBytes);
    const joined = new Uint8Array(end - start);
    parts.forEach((part, number) => {
      const begins = (from + number) * windowBytes;
      const piece = part.subarray(Math.max(0, start - begins), end - begins);
      joined.set(piece, Math.max(0, begins - start));
    });
    return joined;
  }

  /** Rows from a checkpoint to the next; null while their bytes are not here. */
  function stretch(
    place: { row: number } | { byte: number },
  ): { rows: ByteRow[]; first: number; bytes: Uint8Array } | null {
    const { checkpoint, end } = index.before(place);
    const bytes = bytesIn(checkpoint.start, end);
    if (bytes === null) return null;
    return { rows: cutRows(bytes, checkpoint, shape, true).rows, first: checkpoint.row, bytes };
  }

  countRows().catch(tell);

  return {
    get rowCount() {
      return index.count;
    },
    get lineCount() {
      return index.lines;
    },
    get done() {
      return index.done;
    },
    beginning: () => windows.get(0) ?? (size === 0 ? new Uint8Array(0) : null),
    bytes: (start, end) => bytesIn(start, Math.min(end, size)),
    rows: (from, end) => {
      const found: OutputRow[] = [];
      let row = from;
      while (row < Math.min(end, index.count)) {
        const here = stretch({ row });
        const wanted = here?.rows.slice(row - here.first, end - here.first) ?? [];
        if (here === null || wanted.length === 0) {
          found.push({ start: 0, end: 0, line: null, bytes: null });
          row += 1;
          continue;
        }
        const base = here.rows[0]?.start ?? 0;
        for (const one of wanted) found.push({ ...one, bytes: here.bytes.subarray(one.start - base, one.end - base) });
        row += wanted.length;
      }
      return found;
    },
    rowOf: (byte) => {
      const here = stretch({ byte });
      if (here === null) return null;
      const within = here.rows.findIndex(({ end }) => byte < end);
      return within < 0 ? null : here.first + within;
    },
    close: () => closing.abort(),
  };
}
