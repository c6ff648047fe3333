import type { FileHandle } from 'node:fs/promises';
import { type ScanEnd, type ScannedEntry, scanEntries } from '../../domain/dump/scan-entries.ts';
import { createFileWindow, windowBytes } from './file-window.ts';

export interface ScanSummary {
  readonly skippedBytes: number;
  /** False where the sizes in the file turned out to be wrong too often. */
  readonly trustedSizes: boolean;
}

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

const nothing = new Uint8Array(0);

async function scanOnce(
  handle: FileHandle,
  fileSize: number,
  trustSizes: boolean,
  onEntry: (entry: ScannedEntry) => void,
): Promise<ScanEnd> {
  const file = createFileWindow(handle);
  const scan = scanEntries({ fileSize, trustSizes, windowBytes });
  let step = scan.next(nothing);
  while (!step.done) {
    if (step.value.type === 'read') {
      step = scan.next(await file.read(step.value.offset, step.value.length));
    } else {
      onEntry(step.value);
      step = scan.next(nothing);
    }
  }
  return step.value;
}
