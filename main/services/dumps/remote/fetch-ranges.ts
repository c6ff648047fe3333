import { FaultError } from '../../../contract/faults.ts';
import type { HostFiles, OpenFile } from '../../../domain/collect/host-files.ts';
import type { ByteRange } from '../../../domain/dump/byte-ranges.ts';
import { hostWords } from '../../../domain/present/host-words.ts';
import type { SparseCopy } from './sparse-copy.ts';

export interface RangeSource {
  readonly file: OpenFile;
  readonly window: HostFiles['window'];
  /** As the host names it. */
  readonly path: string;
  /** Bytes that are fetched along although they are here, where asking for less would cost more. */
  readonly joinGap: number;
}

/** Fetches the ranges into the copy, several windows ahead. Throws `bad_output` where the file has become shorter. */
export async function fetchRanges(
  { file, window, path, joinGap }: RangeSource,
  copy: SparseCopy,
  ranges: readonly ByteRange[],
  signal: AbortSignal,
  onBytes: (bytes: number) => void = () => {},
): Promise<void> {
  const windows = windowsOf(joinedRanges(ranges, joinGap), window.bytes);
  const ahead: { from: number; length: number; coming: Promise<Uint8Array> }[] = [];
  for (;;) {
    if (signal.aborted) throw new FaultError('cancelled', 'pull', 'Cancelled; what has come stays.');
    while (ahead.length < window.ahead) {
      const next = windows.next();
      if (next.done) break;
      const { from, to } = next.value;
      const coming = file.read(from, to - from);
      // It is awaited in its turn; until then its failure is nobody's surprise.
      coming.catch(() => {});
      ahead.push({ from, length: to - from, coming });
    }
    const first = ahead.shift();
    if (first === undefined) return;
    const bytes = await first.coming;
    copy.write(first.from, bytes);
    onBytes(bytes.length);
    if (bytes.length < first.length) {
      const message = `${hostWords(path)} ended at ${first.from + bytes.length} bytes, and had ${copy.size}: it became shorter. Open it again.`;
      throw new FaultError('bad_output', 'pull', message);
    }
  }
}

function joinedRanges(ranges: readonly ByteRange[], joinGap: number): ByteRange[] {
  const joined: ByteRange[] = [];
  for (const range of ranges) {
    const last = joined.at(-1);
    if (last !== undefined && range.from - last.to <= joinGap) joined[joined.length - 1] = { ...last, to: range.to };
    else joined.push(range);
  }
  return joined;
}

function* windowsOf(ranges: readonly ByteRange[], most: number): Generator<ByteRange> {
  for (const { from, to } of ranges) {
    for (let at = from; at < to; at += most) yield { from: at, to: Math.min(to, at + most) };
  }
}
