import { createHash, createHmac, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type HashName, type KnownHost, parseKnownHosts } from '../../domain/policy/known-hosts.ts';

export const hashName: HashName = (salt, name) =>
  createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest('base64');

/** `SHA256:…` as ssh prints it, of a public key in base64. */
export function fingerprint(key: string): string {
  const digest = createHash('sha256').update(Buffer.from(key, 'base64')).digest('base64');
  return `SHA256:${digest.replace(/=+$/, '')}`;
}

/** The entries of all files that are there. One that cannot be read counts as empty: its hosts are asked about. */
export async function readKnownHosts(files: readonly string[]): Promise<KnownHost[]> {
  const lists = await Promise.all(
    files.map(async (file) => parseKnownHosts(await readFile(file, 'latin1').catch(() => ''), file)),
  );
  return lists.flat();
}

/**
 * Adds a line to Rackside's own file, readable by its owner only. Synchronous from reading to renaming, so that two
 * connections of one console cannot lose each other's line; a reader sees the old file or the new one, whole.
 */
export function addKnownHost(file: string, line: { name: string; keyType: string; key: string }): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const before = readIfThere(file);
  const temporary = `${file}.${randomUUID()}`;
  const start = before === '' || before.endsWith('\n') ? before : `${before}\n`;
  writeFileSync(temporary, `${start}${line.name} ${line.keyType} ${line.key}\n`, { mode: 0o600, flush: true });
  renameSync(temporary, file);
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch (error) {
    // Anything else must not end in a file that has lost its lines.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
