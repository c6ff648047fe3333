import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { FaultError } from '../../contract/faults.ts';
import type { Host } from '../../contract/hosts.ts';
import type { Place } from '../../contract/recordings.ts';
import { partDirectory, partOfDirectory } from '../../domain/dump/part-names.ts';

/** Names that were given out and are being made; two recordings that begin together must not get the same. */
const given = new Set<string>();

/**
 * Calls `use` with a directory for a dump of the host: the one that is named, or a new one below the folder. Throws
 * `bad_input` for a path that is relative: to what, nobody at a page could know.
 */
export async function placeDump<Used>(
  host: Host,
  at: number,
  { directory, folder }: Place,
  use: (directory: string) => Promise<Used>,
): Promise<Used> {
  const named = directory ?? folder ?? '';
  if (!isAbsolute(named))
    throw new FaultError('bad_input', 'record', `“${named}” is no whole path: begin at the root.`);
  if (directory !== undefined) return await use(directory);
  const wanted = join(named, folderName(host, at));
  return await fresh((number) => (number === 1 ? wanted : `${wanted}-${number}`), 1, use);
}

/** Calls `use` with the directory in which a recording goes on behind that one; it is not there yet. */
export function freshBehind<Used>(directory: string, use: (directory: string) => Promise<Used>): Promise<Used> {
  const { first, number } = partOfDirectory(directory);
  return fresh((next) => partDirectory(first, next), number + 1, use);
}

async function fresh<Used>(
  numbered: (number: number) => string,
  from: number,
  use: (directory: string) => Promise<Used>,
): Promise<Used> {
  let number = from;
  while (given.has(numbered(number)) || existsSync(numbered(number))) number += 1;
  const directory = numbered(number);
  given.add(directory);
  try {
    return await use(directory);
  } finally {
    given.delete(directory);
  }
}

/** `tank-2026-11-21T14-03-22Z`: sorts by host and time, and is a legal name on every system. */
function folderName(host: Host, at: number): string {
  const name = host.name.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[-.]+|-+$/g, '') || 'host';
  return `${name}-${new Date(at).toISOString().slice(0, 19).replaceAll(':', '-')}Z`;
}
