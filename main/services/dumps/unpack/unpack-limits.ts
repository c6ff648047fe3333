import { statfs } from 'node:fs/promises';
import { FaultError } from '../../../contract/faults.ts';
import { formatBytes } from '../../../domain/present/units.ts';

/** What an archive may cost before it is taken for a bomb. */
export interface UnpackLimits {
  /** Bytes that come out of it, kept or not. */
  readonly maxBytes: number;
  /** How many times its own size may come out, once that is more than `ratioFrom`. */
  readonly maxRatio: number;
  readonly ratioFrom: number;
  /** Members, of whatever kind. */
  readonly maxMembers: number;
  readonly maxDumps: number;
  /** Bytes that stay free on the disk. */
  readonly reserveBytes: number;
}

/** Logs pack by ten to sixty, and one that says the same over and over by some two hundred. */
export const usualLimits: UnpackLimits = {
  maxBytes: 256 * 2 ** 30,
  maxRatio: 400,
  ratioFrom: 1 << 30,
  maxMembers: 1_000_000,
  maxDumps: 500,
  reserveBytes: 512 << 20,
};

/** Counts what comes out, and throws a `FaultError` `bad_input` where it is too much. */
export interface UnpackMeter {
  came(bytes: number): void;
  /** Bytes that are about to be written. */
  keeps(bytes: number): void;
  member(): void;
}

/** @param into where it is unpacked to; the disk's room does not limit it where the system does not tell of any */
export async function createMeter(limits: UnpackLimits, archiveBytes: number, into: string): Promise<UnpackMeter> {
  const disk = await statfs(into).catch(() => null);
  const free = disk === null ? null : disk.bavail * disk.bsize;
  let out = 0;
  let kept = 0;
  let members = 0;
  const room = free === null ? Number.POSITIVE_INFINITY : Math.max(0, free - limits.reserveBytes);
  return {
    came: (bytes) => {
      out += bytes;
      if (out > limits.maxBytes) {
        throw bomb(`More than ${formatBytes(limits.maxBytes)} come out of this archive`);
      }
      if (out > limits.ratioFrom && out > archiveBytes * limits.maxRatio) {
        throw bomb(`More than ${limits.maxRatio} times its size comes out of this archive`);
      }
    },
    keeps: (bytes) => {
      kept += bytes;
      if (kept <= room) return;
      const message = `The disk has no room for this archive: ${formatBytes(room)} may be used. Make room, or unpack it elsewhere and open the folder.`;
      throw new FaultError('not_permitted', 'unpack', message);
    },
    member: () => {
      members += 1;
      if (members > limits.maxMembers) throw bomb(`This archive has more than ${limits.maxMembers} members`);
    },
  };
}

function bomb(what: string): FaultError {
  const message = `${what}: it was not unpacked. If you trust it, unpack it yourself and open the folder.`;
  return new FaultError('bad_input', 'unpack', message);
}
