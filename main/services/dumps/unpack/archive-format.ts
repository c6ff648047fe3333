import type { FileHandle } from 'node:fs/promises';
import { FaultError } from '../../../contract/faults.ts';
import { blockBytes, readTarHeader } from '../../../domain/archive/tar-header.ts';
import { hostWords } from '../../../domain/present/host-words.ts';
import { readFully } from '../file-window.ts';

export type ArchiveFormat = 'tar' | 'gzip' | 'zstd' | 'zip';

const opened: readonly (readonly [format: Exclude<ArchiveFormat, 'tar'>, magic: RegExp])[] = [
  ['gzip', /^1f8b08/],
  // The second is a frame to be skipped, with which some programs begin.
  ['zstd', /^(28b52ffd|5.2a4d18)/],
  ['zip', /^504b(0304|0506|0708|3030504b0304)/],
];
const refused: readonly (readonly [name: string, magic: RegExp])[] = [
  ['xz', /^fd377a585a00/],
  ['bzip2', /^425a68[3][1-9]314159265359/],
  ['7z', /^377abcaf271c/],
  ['rar', /^526172211a07/],
  ['lz4', /^04224d18/],
];

/**
 * What a file is by its first bytes, whatever it is called; null: no archive. Throws a `FaultError` `bad_input` for one
 * that Rackside does not open.
 */
export async function archiveFormat(handle: FileHandle, path: string): Promise<ArchiveFormat | null> {
  const start = await readFully(handle, Buffer.alloc(blockBytes), 0);
  const hex = start.toString('hex', 0, 16);
  const unopened = refused.find(([, magic]) => magic.test(hex));
  if (unopened !== undefined) {
    const message = `${hostWords(path)} is packed with ${unopened[0]}, which Rackside does not open: unpack it, and open the folder.`;
    throw new FaultError('bad_input', 'unpack', message);
  }
  const header = readTarHeader(start);
  return opened.find(([, magic]) => magic.test(hex))?.[0] ?? (header !== null && header !== 'end' ? 'tar' : null);
}
