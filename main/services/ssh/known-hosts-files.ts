import { createHash, createHmac, randomBytes } from 'node:crypto';
import { accessSync, type BigIntStats, constants, realpathSync } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { HashName } from '../../domain/ssh/known-hosts/host-names.ts';
import { type KnownHosts, parseKnownHosts } from '../../domain/ssh/known-hosts/parse-known-hosts.ts';
import type { KnownHostsFile } from '../../domain/ssh/known-hosts/remove-command.ts';

/** In bytes; a hundred thousand hosts fit. What stands beyond is not read, and told as a broken line. */
export const maxKnownHostsBytes = 32 * 1024 * 1024;

export const hashName: HashName = (salt, name) =>
  createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest('base64');

/** A name as `HashKnownHosts` writes it. */
export function hashedName(name: string): string {
  const salt = randomBytes(20).toString('base64');
  return `|1|${salt}|${hashName(salt, name)}`;
}

/** `SHA256:…` as ssh prints it, of a public key in base64. */
export function fingerprint(key: string): string {
  const digest = createHash('sha256').update(Buffer.from(key, 'base64')).digest('base64');
  return `SHA256:${digest.replace(/=+$/, '')}`;
}

/** The lines of all files that are there. One that cannot be read counts as empty: its hosts are asked about. */
export async function readKnownHosts(files: readonly string[]): Promise<KnownHosts> {
  const lists = await Promise.all([...new Set(files)].map(readOne));
  return { entries: lists.flatMap(({ entries }) => entries), broken: lists.flatMap(({ broken }) => broken) };
}

/** What was read last, by file: many connections begin at once, and a file is the same for all of them. */
const lastRead = new Map<string, { readonly version: string; readonly read: KnownHosts }>();
const maxLastRead = 32;
const nothing: KnownHosts = { entries: [], broken: [] };

async function readOne(file: string): Promise<KnownHosts> {
  let handle: FileHandle | null = null;
  try {
    const last = lastRead.get(file);
    if (last !== undefined && last.version === versionOf(await stat(file, { bigint: true }))) return last.read;
    handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
    const stats = await handle.stat({ bigint: true });
    // `/dev/null` is how people say none; a pipe would be waited for.
    if (!stats.isFile()) return nothing;
    const read = await readAll(handle, file, Number(stats.size));
    if (lastRead.size >= maxLastRead) lastRead.clear();
    lastRead.set(file, { version: versionOf(stats), read });
    return read;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return nothing;
    return { entries: [], broken: [{ file, line: 1, problem: `and all after it cannot be read (${code})` }] };
  } finally {
    await handle?.close();
  }
}

function versionOf({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
}

async function readAll(handle: FileHandle, file: string, size: number): Promise<KnownHosts> {
  const length = Math.min(size, maxKnownHostsBytes);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0);
  const text = buffer.toString('latin1', 0, bytesRead);
  if (size <= maxKnownHostsBytes) return parseKnownHosts(text, file);
  const { entries, broken } = parseKnownHosts(text.slice(0, text.lastIndexOf('\n') + 1), file);
  const line = text.split('\n').length;
  return { entries, broken: [{ file, line, problem: 'and all after it is not read: the file is too big' }, ...broken] };
}

/** What has to be known of a file before a command is told that changes it. */
export function describeFile(file: string, { broken }: KnownHosts): KnownHostsFile {
  let path = file;
  let isForeign = false;
  try {
    path = realpathSync(file);
    accessSync(dirname(path), constants.W_OK);
  } catch {
    isForeign = true;
  }
  return { path, isForeign, isBroken: broken.some((line) => line.file === file) };
}
