import type { FileHandle } from 'node:fs/promises';
import { type ScanEnd, type ScannedEntry, scanEntries } from '../../domain/dump/scan-entries.ts';
import { readFully } from './file-window.ts';

export interface ScanSummary {
  readonly skippedBytes: number;
  /** False where the sizes in the file turned out to be wrong too often. */
  readonly trustedSizes: boolean;
}

/** Between two reads others have their turn, so this is also how long they wait: a few milliseconds. */
const windowBytes = 256 << 10;

/**
 * Scans a `commands.log` of that many bytes. `restart` is called when what was found until then is void, because the
 * sizes cannot be trusted and the scan begins again without them.
 */
export async function scanFile(
  handle: FileHandle,
  fileSize: number,
  onEntry: (entry: ScannedEntry) => void,
  restart: () => void,
): Promise<ScanSummary> {
  const first = await scanOnce(handle, fileSize, true, onEntry);
  if (!first.distrusted) return { skippedBytes: first.skippedBytes, trustedSizes: true };
  restart();
  const second = await scanOnce(handle, fileSize, false, onEntry);
  return { skippedBytes: second.skippedBytes, trustedSizes: false };
}

async function scanOnce(
  handle: FileHandle,
  fileSize: number,
  trustSizes: boolean,
  onEntry: (entry: ScannedEntry) => void,
): Promise<ScanEnd> {
  const window = Buffer.allocUnsafe(windowBytes);
  const scan = scanEntries({ fileSize, trustSizes, windowBytes });
  let step = scan.next(window);
  while (!step.done) {
    const { value } = step;
    if (value.type === 'entry') {
      onEntry(value);
      step = scan.next(window);
    } else {
      const buffer = value.type === 'read' ? window.subarray(0, value.length) : Buffer.allocUnsafe(value.length);
      step = scan.next(await readFully(handle, buffer, value.offset));
    }
  }
  return step.value;
}
