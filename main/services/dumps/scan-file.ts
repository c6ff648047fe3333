import { type ScanEnd, type ScannedEntry, type ScanOptions, scanEntries } from '../../domain/dump/scan-entries.ts';
import { type ReadableFile, readFully } from './file-window.ts';

export interface ScanFileOptions extends Omit<ScanOptions, 'windowBytes'> {
  onEntry(entry: ScannedEntry): void;
  /** How far the file has been read, in bytes; after each of its windows. */
  onRead?(bytes: number): void;
}

/** Between two reads others have their turn, so this is also how long they wait: a few milliseconds. */
const windowBytes = 1 << 20;

/** Scans a `commands.log` once; stops where the signal aborts, and rejects. */
export async function scanFile(file: ReadableFile, options: ScanFileOptions, signal?: AbortSignal): Promise<ScanEnd> {
  const window = Buffer.allocUnsafe(windowBytes);
  const scan = scanEntries({ ...options, windowBytes });
  let step = scan.next(window);
  while (!step.done) {
    const { value } = step;
    if (value.type === 'entry') {
      options.onEntry(value);
      step = scan.next(window);
    } else {
      signal?.throwIfAborted();
      if (value.type === 'read') options.onRead?.(value.offset);
      const buffer = value.type === 'read' ? window.subarray(0, value.length) : Buffer.allocUnsafe(value.length);
      step = scan.next(await readFully(file, buffer, value.offset));
    }
  }
  return step.value;
}
