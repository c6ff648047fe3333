import type { Entry } from '../../../main/contract/dump-entries.ts';
import { formatBytes } from '../../../main/domain/present/units.ts';
import { api } from '../../api/rackside.ts';
import { toast, told } from '../toasts.ts';
import { saveBlob } from './save-blob.ts';

/** A clipboard is for what somebody pastes. */
const maxCopied = 4 << 20;
/** What one call reads. */
const partBytes = 4 << 20;

/** A part that has become a blob is the browser's, which keeps large ones on the disk: an output may have gigabytes. */
async function readBlob(hostId: string, entry: Entry, most: number): Promise<Blob> {
  const parts: Blob[] = [];
  const size = Math.min(entry.size, most);
  for (let from = 0; from < size; from += partBytes) {
    const request = { hostId, offset: entry.offset + from, length: Math.min(partBytes, size - from) };
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    // Copied: a chunk may be a view of more than its own.
    for await (const chunk of api()['dumps.bytes'](request)) chunks.push(chunk.slice());
    parts.push(new Blob(chunks));
  }
  return new Blob(parts, { type: 'application/octet-stream' });
}

export async function copyOutput(hostId: string, entry: Entry): Promise<void> {
  const copying = readBlob(hostId, entry, maxCopied)
    .then((blob) => blob.text())
    .then((text) => navigator.clipboard.writeText(text));
  if (
    (await told(
      'Copy',
      copying.then(() => true),
    )) === null
  )
    return;
  toast(entry.size > maxCopied ? `The first ${formatBytes(maxCopied)} are copied; save it for all.` : 'Output copied.');
}

export async function saveOutput(hostId: string, entry: Entry): Promise<void> {
  const blob = await told('Save', readBlob(hostId, entry, Number.POSITIVE_INFINITY));
  if (blob !== null) saveBlob(blob, `entry-${entry.position}.txt`);
}
