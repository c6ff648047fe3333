import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { type DumpLog, dumpLogs } from '../../domain/dump/dump-logs.ts';
import {
  isUnpackable,
  type PartPacking,
  partDirectory,
  partOfDirectory,
  type RotatedLog,
  rotatedLog,
  rotatedName,
  unpackers,
} from '../../domain/dump/part-names.ts';
import { hostWords } from '../../domain/present/host-words.ts';

/** Where parts are looked for: on this machine, or on a host. */
export interface PartPlace {
  readonly path: Pick<typeof path, 'join' | 'dirname' | 'basename'>;
  /** Names in a directory; none where it cannot be listed. */
  names(directory: string): Promise<readonly string[]>;
  /** Of a file; none where it is not there. */
  bytes(path: string): Promise<number>;
}

/** One file of a log. */
export interface PartFile {
  readonly path: string;
  readonly packing: PartPacking | null;
}

/** More of them are no recording's; the newest are read. */
const maxParts = 200;

/** Bytes of a file here; none where it is not there. */
export async function bytesIn(file: string): Promise<number> {
  const found = await stat(file).catch(() => null);
  return found?.isFile() === true ? found.size : 0;
}

export const onThisDisk: PartPlace = {
  path,
  names: (directory) => readdir(directory).catch(() => []),
  bytes: bytesIn,
};

/**
 * The directories that a recording went on in, the oldest first, whichever of them is named, and what is to be said of
 * those that are not there, in sentences. One without a byte in it, opened ahead of its first entry, is none yet.
 * @param directory absolute
 */
export async function partDirectories(
  directory: string,
  place: PartPlace = onThisDisk,
): Promise<{ readonly paths: readonly string[]; readonly notes: readonly string[] }> {
  const { basename, dirname } = place.path;
  const { first } = partOfDirectory(directory);
  const numbers = (await place.names(dirname(first)))
    .map(partOfDirectory)
    .filter((part) => part.first === basename(first))
    .map(({ number }) => number);
  const there: number[] = [];
  for (const number of numbers.sort((a, b) => a - b))
    if (await holdsLog(partDirectory(first, number), place)) there.push(number);
  if (there.length < 2 && !there.some((number) => number > 1)) return { paths: [directory], notes: [] };
  const name = (number: number) => partDirectory(basename(first), number);
  const kept = there.slice(-maxParts);
  const last = kept.at(-1) as number;
  return {
    paths: kept.map((number) => partDirectory(first, number)),
    notes: [...missing(absent(there, 1, last), name), ...tooMany(there.length)],
  };
}

/**
 * The files that a log was rotated into below one directory, itself the last; one that is empty is none yet. What is
 * there packed and as it was counts as it was.
 */
export async function partsOfLog(
  directory: string,
  log: DumpLog,
  place: PartPlace = onThisDisk,
): Promise<{ readonly files: readonly PartFile[]; readonly notes: readonly string[] }> {
  const own = place.path.join(directory, log);
  const files = new Map<number, PartFile>();
  for (const name of await place.names(directory)) {
    const found = rotatedLog(name);
    if (found === null || found.log !== log || found.number === 0) continue;
    if (isWorse(found, files.get(found.number))) continue;
    files.set(found.number, { path: place.path.join(directory, name), packing: found.packing });
  }
  if (files.size === 0) return { files: [{ path: own, packing: null }], notes: [] };
  const numbers = [...files.keys()].sort((a, b) => b - a);
  const gone = absent(numbers, 1, numbers[0] as number).reverse();
  if ((await place.bytes(own)) > 0) {
    files.set(0, { path: own, packing: null });
    numbers.push(0);
  }
  return {
    files: numbers.slice(-maxParts).map((number) => files.get(number) as PartFile),
    notes: [...missing(gone, (number) => rotatedName(log, number)), ...tooMany(numbers.length)],
  };
}

function isWorse({ packing }: RotatedLog, known: PartFile | undefined): boolean {
  return known !== undefined && (known.packing === null || (packing !== null && isUnpackable(known.packing)));
}

/** What is to be said of parts that are not read because they are packed, in sentences. */
export function unreadNotes(parts: readonly PartFile[]): string[] {
  const byPacking = Map.groupBy(parts, ({ packing }) => packing);
  return [...byPacking].map(([packing, files]) => {
    const names = listed(files.map((file) => path.basename(file.path)));
    const [are, them] = files.length === 1 ? ['is', 'it'] : ['are', 'them'];
    if (packing === null || isUnpackable(packing)) return `${names} ${are} packed, and not read.`;
    return `${names} ${are} packed as Rackside does not read: ${unpackers[packing]} unpacks ${them}.`;
  });
}

async function holdsLog(directory: string, place: PartPlace): Promise<boolean> {
  const bytes = await Promise.all(dumpLogs.map((log) => place.bytes(place.path.join(directory, log))));
  return bytes.some((count) => count > 0);
}

function absent(there: readonly number[], from: number, to: number): number[] {
  const known = new Set(there);
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index).filter((one) => !known.has(one));
}

function missing(numbers: readonly number[], name: (number: number) => string): string[] {
  if (numbers.length === 0) return [];
  const [are, them] = numbers.length === 1 ? ['is', 'it'] : ['are', 'them'];
  return [`${listed(numbers.map(name))} ${are} missing: what was recorded in ${them} is not known.`];
}

const named = 3;

function listed(names: readonly string[]): string {
  const more = names.length - named;
  const words = names
    .slice(0, named)
    .map((name) => hostWords(name))
    .join(', ');
  return more > 0 ? `${words} and ${more} more` : words;
}

function tooMany(count: number): string[] {
  return count > maxParts ? [`It has ${count} parts, and the newest ${maxParts} are read.`] : [];
}
