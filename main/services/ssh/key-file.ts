import { basename } from 'node:path';
import type { ParsedKey } from 'ssh2';
import ssh2 from 'ssh2';
import { readRegularFile } from './read-regular-file.ts';

/** In bytes; the longest RSA key that OpenSSH makes has 13 KiB. */
export const maxKeyBytes = 64 << 10;

/** One private key file. */
export interface KeyFile {
  readonly path: string;
  /** Null where an old format encrypts it too and there is no `.pub` beside it. */
  readonly publicKey: ParsedKey | null;
  /** Null for a public key that stands in a private one's place: then the agent must have the private one. */
  readonly content: Buffer | null;
  readonly encrypted: boolean;
}

export interface KeyFiles {
  readonly files: readonly KeyFile[];
  /** One sentence for each named file that cannot be used. */
  readonly problems: readonly string[];
}

/** Reads key files. Where ssh would try them by itself (not `named`), one that is missing is nothing to tell. */
export async function readKeyFiles(paths: readonly string[], named: boolean): Promise<KeyFiles> {
  const files: KeyFile[] = [];
  const problems: string[] = [];
  for (const path of paths) {
    const read = await readKeyFile(path).catch((error: NodeJS.ErrnoException) => error);
    if (!(read instanceof Error)) files.push(read);
    else if (named) problems.push(`${path} ${reasonFor(read as NodeJS.ErrnoException)}`);
  }
  return { files, problems };
}

async function readKeyFile(path: string): Promise<KeyFile> {
  const content = await readRegularFile(path, maxKeyBytes);
  const parsed = parseOne(content);
  if (!(parsed instanceof Error)) {
    return { path, publicKey: parsed, content: parsed.isPrivateKey() ? content : null, encrypted: false };
  }
  if (!/no passphrase given/.test(parsed.message)) throw new Error(`is not a private key that can be read`);
  return { path, publicKey: publicPart(content) ?? (await besideIt(path)), content, encrypted: true };
}

/** The private key; an Error when the passphrase is not its. */
export function unlock(file: KeyFile, passphrase: string | undefined): ParsedKey | Error {
  return parseOne(file.content ?? '', passphrase);
}

function parseOne(content: Buffer | string, passphrase?: string): ParsedKey | Error {
  try {
    const parsed: ParsedKey | ParsedKey[] | Error = ssh2.utils.parseKey(content, passphrase);
    return Array.isArray(parsed) ? (parsed[0] ?? new Error('no key')) : parsed;
  } catch (error) {
    return error as Error;
  }
}

/**
 * The public key out of an encrypted file of OpenSSH's own format, where it stands in the clear: so the host can be
 * asked whether it would accept the key before anybody is asked for a passphrase.
 * https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.key
 */
function publicPart(content: Buffer): ParsedKey | null {
  const base64 = /-----BEGIN OPENSSH PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END/.exec(content.toString('latin1'))?.[1];
  const bytes = Buffer.from(base64 ?? '', 'base64');
  const magic = 'openssh-key-v1\0';
  if (bytes.toString('latin1', 0, magic.length) !== magic) return null;
  let at = magic.length;
  const next = () => {
    const length = bytes.readUInt32BE(at);
    at += 4 + length;
    return bytes.subarray(at - length, at);
  };
  try {
    next(); // cipher
    next(); // key derivation
    next(); // its options
    at += 4; // number of keys: always one
    return parsePublic(next());
  } catch {
    return null;
  }
}

async function besideIt(path: string): Promise<ParsedKey | null> {
  const parsed = parseOne(await readRegularFile(`${path}.pub`, maxKeyBytes).catch(() => ''));
  return parsed instanceof Error ? null : parsed;
}

function parsePublic(blob: Buffer): ParsedKey | null {
  const type = blob.toString('latin1', 4, 4 + blob.readUInt32BE(0));
  const parsed = parseOne(`${type} ${blob.toString('base64')}`);
  return parsed instanceof Error ? null : parsed;
}

function reasonFor(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return 'does not exist';
  if (error.code === 'EACCES') return 'may not be read';
  return error.code === undefined ? error.message : `cannot be read (${error.code})`;
}

/** A key file as a technician calls it. */
export function nameOf(file: KeyFile): string {
  return basename(file.path);
}
