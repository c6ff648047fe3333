import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface LabKey {
  readonly file: string;
  /** The line for authorized_keys or known_hosts: type and key. */
  readonly publicKey: string;
  /** `SHA256:…` */
  readonly fingerprint: string;
}

export interface KeyOptions {
  readonly type?: 'ed25519' | 'rsa' | 'ecdsa';
  readonly passphrase?: string;
  /** `PEM`: the old format, whose public half is encrypted too. */
  readonly format?: 'PEM' | 'RFC4716';
}

/** A new key pair, made by ssh-keygen. */
export function makeKey(directory: string, name: string, options: KeyOptions = {}): LabKey {
  const file = join(directory, name);
  const type = options.type ?? 'ed25519';
  const bits = type === 'rsa' ? ['-b', '2048'] : [];
  const format = options.format ? ['-m', options.format] : [];
  const args = ['-q', '-t', type, ...bits, ...format, '-N', options.passphrase ?? '', '-C', 'lab', '-f', file];
  runTool('ssh-keygen', args);
  const [keyType, key] = readFileSync(`${file}.pub`, 'utf8').split(' ');
  const fingerprint = runTool('ssh-keygen', ['-l', '-f', `${file}.pub`]).split(' ')[1] ?? '';
  return { file, publicKey: `${keyType} ${key}`, fingerprint };
}

/** Runs one of OpenSSH's tools; names the package when it is missing. */
export function runTool(tool: string, args: readonly string[]): string {
  try {
    return execFileSync(tool, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw missing(tool);
    throw error;
  }
}

export function missing(tool: string): Error {
  return new Error(`The lab needs ${tool}: install openssh-server and openssh-client (Debian's names).`);
}
