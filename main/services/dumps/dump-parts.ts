import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { type DumpLog, dumpLogs } from '../../domain/dump/dump-logs.ts';
import { partDirectory, partOfDirectory, rotatedLog } from '../../domain/dump/part-names.ts';
import { hostWords } from '../../domain/present/host-words.ts';

/** The parts of something, the oldest first, and what is to be said of those that are not among them, in sentences. */
interface Parts {
  readonly paths: readonly string[];
  readonly notes: readonly string[];
}

/** More of them are no recording's; the newest are read. */
const maxParts = 200;

/**
 * The directories that a recording went on in, whichever of them is named. One without a byte in it, opened ahead of its
 * first entry, is none yet.
 */
export async function partDirectories(directory: string): Promise<Parts> {
  const { first } = partOfDirectory(resolve(directory));
  const names = await readdir(dirname(first)).catch(() => []);
  const numbers = names
    .map(partOfDirectory)
    .filter((part) => part.first === basename(first))
    .map(({ number }) => number);
  const there: number[] = [];
  for (const number of numbers.sort((a, b) => a - b))
    if (await holdsLog(partDirectory(first, number))) there.push(number);
  if (there.length < 2 && !there.some((number) => number > 1)) return { paths: [directory], notes: [] };
  const name = (number: number) => partDirectory(basename(first), number);
  const kept = there.slice(-maxParts);
  const last = kept.at(-1) as number;
  return {
    paths: kept.map((number) => partDirectory(first, number)),
    notes: [...missing(absent(there, 1, last), name), ...tooMany(there.length)],
  };
}

/** The files that a log was rotated into below one directory, itself the last; one that is empty is none yet. */
export async function partsOfLog(directory: string, log: DumpLog): Promise<Parts> {
  const names = await readdir(directory).catch(() => []);
  const rotated = names.map(rotatedLog).filter((one) => one?.log === log);
  const numbers = new Set(
    rotated.map((one) => (one?.isPacked === false ? one.number : 0)).filter((number) => number > 0),
  );
  const packed = new Set(rotated.map((one) => one?.number ?? 0).filter((number) => !numbers.has(number)));
  const name = (number: number) => (number === 0 ? log : `${log}.${number}`);
  const there = [...numbers].sort((a, b) => b - a);
  if (there.length === 0 && packed.size === 0) return { paths: [join(directory, log)], notes: [] };
  if (there.length === 0 || (await bytesIn(join(directory, log))) > 0) there.push(0);
  const gone = absent([...there, ...packed], 1, Math.max(...there)).reverse();
  const [are, it] = packed.size === 1 ? ['is', 'it'] : ['are', 'them'];
  const older = listed([...packed].sort((a, b) => b - a).map(name));
  return {
    paths: there.slice(-maxParts).map((number) => join(directory, name(number))),
    notes: [
      ...missing(gone, name),
      ...(packed.size > 0 ? [`${older} ${are} packed, and not read: unpack ${it} there.`] : []),
      ...tooMany(there.length),
    ],
  };
}

/** Bytes of a file; none where it is not there. */
export async function bytesIn(path: string): Promise<number> {
  const found = await stat(path).catch(() => null);
  return found?.isFile() === true ? found.size : 0;
}

async function holdsLog(directory: string): Promise<boolean> {
  const bytes = await Promise.all(dumpLogs.map((log) => bytesIn(join(directory, log))));
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
