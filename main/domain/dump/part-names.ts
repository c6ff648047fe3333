import { type DumpLog, dumpLogs } from './dump-logs.ts';

const directoryPart = /^(.+)-part-(\d{1,6})$/s;
const logPart = /^(commands\.log|samples\.log)\.(\d{1,6})(?:\.(gz|zst|xz|bz2))?$/;

/** Where a recording goes on that is too large for one dump: the first has the name itself, and is number 1. */
export function partDirectory(first: string, number: number): string {
  return number === 1 ? first : `${first}-part-${number}`;
}

/** Which part of which recording a directory is, by its name or path; one without a number may have parts beside it. */
export function partOfDirectory(directory: string): { readonly first: string; readonly number: number } {
  const [, first = directory, number = '1'] = directoryPart.exec(directory) ?? [];
  return { first, number: Number(number) };
}

/** By the endings that programs give to what they packed. */
export type PartPacking = 'gz' | 'zst' | 'xz' | 'bz2';

/** A log that was rotated away where it lies, as logrotate does: `commands.log.3`. Null for any other file. */
export interface RotatedLog {
  readonly log: DumpLog;
  /** From 1: the higher, the older. */
  readonly number: number;
  readonly packing: PartPacking | null;
}

export function rotatedLog(name: string): RotatedLog | null {
  const found = logPart.exec(name);
  if (found === null) return null;
  return { log: found[1] as DumpLog, number: Number(found[2]), packing: (found[3] as PartPacking | undefined) ?? null };
}

/** Whether a file of that name is one of a dump's: what is meant is the dump then. */
export function isLogName(name: string): boolean {
  return dumpLogs.some((log) => log === name) || rotatedLog(name) !== null;
}

/** What it is called where nothing is packed: `commands.log.3`. */
export function rotatedName(log: DumpLog, number: number): string {
  return number === 0 ? log : `${log}.${number}`;
}

/** Whether Rackside unpacks it; what does is told of the others. */
export function isUnpackable(packing: PartPacking | null): packing is 'gz' | 'zst' {
  return packing === 'gz' || packing === 'zst';
}

export const unpackers: Readonly<Record<PartPacking, string>> = {
  ...{ gz: 'gunzip', zst: 'unzstd', xz: 'unxz', bz2: 'bunzip2' },
};
