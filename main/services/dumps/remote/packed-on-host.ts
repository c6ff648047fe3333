import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { dumpLogs } from '../../../domain/dump/dump-logs.ts';
import { isUnpackable } from '../../../domain/dump/part-names.ts';
import { hostWords } from '../../../domain/present/host-words.ts';
import { formatBytes } from '../../../domain/present/units.ts';
import { bytesIn } from '../dump-parts.ts';
import { createMeter, usualLimits } from '../unpack/unpack-limits.ts';
import { unpackPartsOf } from '../unpack/unpack-parts.ts';
import type { PartOnHost } from './parts-on-host.ts';

/** A part that was packed on the host, as it is here. */
export interface UnpackedPart {
  readonly part: PartOnHost;
  /** Bytes of the log that came out of it. */
  readonly bytes: number;
  /** SHA-256 of what was packed, in hex. */
  readonly sha256: string;
}

/** What is packed has to come whole: older parts than this many bytes stay there. */
export const maxPackedBytes = 64 << 20;

interface Taking {
  /** Where the copy is, and in it the directory of the first part. */
  readonly into: string;
  readonly directory: string;
  readonly mostBytes: number;
  readonly signal: AbortSignal;
  /** Has a part come into the file of that path. */
  take(part: PartOnHost, to: string): Promise<void>;
}

/**
 * Has the newest parts come that are packed, and unpacks them beside the others. Those that stay on the host leave an
 * empty file of their name, which a reader of the copy tells of.
 */
export async function takePacked(
  parts: readonly PartOnHost[],
  { into, directory, mostBytes, signal, take }: Taking,
): Promise<{ unpacked: UnpackedPart[]; notes: string[] }> {
  const taken: { part: PartOnHost; sha256: string }[] = [];
  const left: PartOnHost[] = [];
  let bytes = 0;
  for (const part of dumpLogs.flatMap((log) => parts.filter((one) => one.log === log).reverse())) {
    bytes += isUnpackable(part.packing) ? part.size : 0;
    if (!isUnpackable(part.packing) || bytes > mostBytes) {
      left.push(part);
      continue;
    }
    const to = join(into, part.to);
    await take(part, to);
    taken.push({ part, sha256: await sha256Of(to) });
  }
  const meter = await createMeter(usualLimits, bytes, into);
  const notes = taken.length === 0 ? [] : await unpackPartsOf(directory, meter, signal);
  for (const { to } of left) await writeFile(join(into, to), '', { mode: 0o600 });
  const large = left.filter(({ packing }) => isUnpackable(packing));
  if (large[0] !== undefined) {
    const all = formatBytes(large.reduce((sum, { size }) => sum + size, 0));
    const names = large.length === 1 ? hostWords(basename(large[0].path)) : `${large.length} parts that are packed`;
    notes.push(
      `${names} (${all}) stayed on the host, where the newest ${formatBytes(mostBytes)} of such are read: rackside dump pull takes all.`,
    );
  }
  const unpacked = await Promise.all(
    taken.map(async (one) => ({ ...one, bytes: await bytesIn(join(into, one.part.to.replace(/\.[^.]+$/, ''))) })),
  );
  return { unpacked, notes };
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}
