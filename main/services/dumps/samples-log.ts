import type { SampleHead } from '../../contract/dump-samples.ts';
import { readSampleSeparator } from '../../domain/dump/format-sample.ts';
import { chunkBytes, readFully } from './file-window.ts';
import { createFileIndex, type IndexKeeper, type KeptIndex } from './kept-index.ts';
import type { LogFile } from './log-file.ts';

/** A `samples.log` with the places of its samples, which are added to when it grows. */
export interface SamplesLog {
  readonly file: LogFile;
  readonly size: number;
  readonly count: number;
  readonly first: number | null;
  readonly last: number | null;
  head(position: number): SampleHead;
  timeOf(position: number): number;
  kindOf(position: number): string;
  /** Indexes what there is from where it stopped; `afresh` where the file is not what it was. */
  read(signal: AbortSignal, afresh?: boolean): Promise<void>;
  close(): Promise<void>;
}

interface Meta {
  readonly count: number;
  readonly kinds: readonly string[];
}

const separator = Buffer.from('===== ');
const lineFeed = 10;
const longestLine = 120;

/** The text of one sample, below its separator: at most that many bytes of it. */
export async function readSampleText(
  { file }: SamplesLog,
  { offset, size }: SampleHead,
  most: number,
): Promise<{ text: string; cut: boolean }> {
  const bytes = await readFully(file, Buffer.alloc(Math.min(size, most + longestLine)), offset);
  const from = bytes.indexOf(lineFeed) + 1;
  const text = bytes
    .subarray(from, from + most)
    .toString('utf8')
    .trimEnd();
  return { text, cut: size - from > most };
}

export function createSamplesLog(path: string, file: LogFile, keeper: IndexKeeper | null): SamplesLog {
  let times = new Float64Array(1024);
  let offsets = new Float64Array(1024);
  let kindCodes = new Uint8Array(1024);
  let kinds: string[] = [];
  let count = 0;
  let size = 0;
  /** Of how much of the file the index is; 0 while it is made. */
  let wholeBytes = 0;
  const index = createFileIndex(path, file, keeper);

  function add(offset: number, at: number, kind: string): void {
    if (count === times.length) grow(count * 2);
    times[count] = at;
    offsets[count] = offset;
    kindCodes[count] = kindCode(kind);
    count += 1;
  }

  /** A file that names more kinds than that is none of a monitor's. */
  function kindCode(kind: string): number {
    const known = kinds.indexOf(kind);
    if (known >= 0 || kinds.length === 255) return Math.max(0, known);
    kinds.push(kind);
    return kinds.length - 1;
  }

  function grow(length: number): void {
    const [t, o, k] = [new Float64Array(length), new Float64Array(length), new Uint8Array(length)];
    t.set(times);
    o.set(offsets);
    k.set(kindCodes);
    [times, offsets, kindCodes] = [t, o, k];
  }

  async function takeKept(): Promise<boolean> {
    const found = await index.take(size);
    if (found === null) return false;
    const meta = found.meta as Meta;
    const [keptTimes, keptOffsets, keptKinds] = found.columns as [ArrayBuffer, ArrayBuffer, ArrayBuffer];
    [times, offsets] = [new Float64Array(keptTimes), new Float64Array(keptOffsets)];
    kindCodes = new Uint8Array(keptKinds);
    count = meta.count;
    kinds = [...meta.kinds];
    wholeBytes = found.size;
    return found.unchanged;
  }

  function indexNow(): KeptIndex {
    const meta: Meta = { count, kinds };
    return { meta, columns: [times.buffer, offsets.buffer, kindCodes.buffer] };
  }

  async function scan(signal: AbortSignal): Promise<void> {
    // The last one may have been cut by the end of the file as it was: it is read again.
    const again = count === 0 ? 0 : (offsets[count - 1] as number);
    count = Math.max(0, count - 1);
    const buffer = Buffer.allocUnsafe(chunkBytes);
    // A separator begins behind a newline, but for the first of the file.
    let isStart = again === 0;
    let from = Math.max(0, again - 1);
    for (;;) {
      signal.throwIfAborted();
      const chunk = await readFully(file, buffer, from);
      const isEnd = chunk.length < buffer.length;
      if (isStart) takeAt(chunk, 0, 0, isEnd);
      isStart = false;
      // Equal signs are rare in JSON, where every line would have to be looked at for a line feed before them.
      let at = 0;
      for (let found = chunk.indexOf(separator, 1); found >= 0; found = chunk.indexOf(separator, at + 1)) {
        if (!isEnd && found + longestLine > chunk.length) break;
        if (chunk[found - 1] === lineFeed) takeAt(chunk, found, from, isEnd);
        at = found;
      }
      if (isEnd) return;
      from += Math.max(at, chunk.length - longestLine);
    }
  }

  function takeAt(chunk: Buffer, at: number, chunkAt: number, isEnd: boolean): void {
    const end = chunk.indexOf(lineFeed, at);
    if ((end < 0 && !isEnd) || end - at > longestLine) return;
    const line = readSampleSeparator(chunk, at, end < 0 ? chunk.length : end);
    if (line !== null) add(chunkAt + at, line.at, line.kind);
  }

  return {
    file,
    get size() {
      return size;
    },
    get count() {
      return count;
    },
    get first() {
      return count === 0 ? null : (times[0] as number);
    },
    get last() {
      return count === 0 ? null : (times[count - 1] as number);
    },
    head: (position) => {
      const offset = offsets[position] as number;
      const end = position + 1 < count ? (offsets[position + 1] as number) : size;
      const kind = kinds[kindCodes[position] as number] as string;
      return { position, at: times[position] as number, kind, offset, size: end - offset };
    },
    timeOf: (position) => times[position] as number,
    kindOf: (position) => kinds[kindCodes[position] as number] as string,
    read: async (signal, afresh = false) => {
      if (afresh) {
        count = 0;
        index.forget();
      }
      ({ size } = await file.stat());
      if (await takeKept()) return;
      wholeBytes = 0;
      await scan(signal);
      wholeBytes = size;
      await index.keepFirst(wholeBytes, indexNow);
    },
    close: async () => {
      await index.keepLast(wholeBytes, indexNow);
      await file.close();
    },
  };
}
