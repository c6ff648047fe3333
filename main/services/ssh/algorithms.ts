import { getCiphers } from 'node:crypto';
import type { Algorithms, CipherAlgorithm, ServerHostKeyAlgorithm } from 'ssh2';
import type { SshAlgorithms } from '../../domain/ssh/settings.ts';
import { ssh2Algorithms } from '../../domain/ssh/ssh2-algorithms.ts';

/** Signature algorithms by the type of host key, best first, as they are offered when no key is known. */
const hostKeyAlgorithms: Record<string, ServerHostKeyAlgorithm[]> = {
  'ssh-ed25519': ['ssh-ed25519'],
  'ecdsa-sha2-nistp256': ['ecdsa-sha2-nistp256'],
  'ecdsa-sha2-nistp384': ['ecdsa-sha2-nistp384'],
  'ecdsa-sha2-nistp521': ['ecdsa-sha2-nistp521'],
  'ssh-rsa': ['rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa'],
};

const ciphers: CipherAlgorithm[] = [
  'aes128-gcm@openssh.com',
  'aes256-gcm@openssh.com',
  'aes128-ctr',
  'aes192-ctr',
  'aes256-ctr',
  'chacha20-poly1305@openssh.com',
];

/** Types of host key that can be negotiated; what known_hosts says of others is not about this connection. */
export const hostKeyTypes = Object.keys(hostKeyAlgorithms);

/**
 * What is offered to a host: what the configuration lists, as far as ssh2 has it, else Rackside's own order. AES-GCM
 * first: it is the fastest in every runtime. ChaCha20 only where the runtime has it, because Electron's has not, and
 * naming it there makes ssh2 throw.
 */
export function algorithmsFor(wanted: SshAlgorithms, knownKeyTypes: readonly string[], compress: boolean): Algorithms {
  const types = [...new Set([...knownKeyTypes, ...hostKeyTypes])];
  const cipher = chosen(wanted.ciphers, ssh2Algorithms.ciphers) ?? ciphers;
  const keyExchange = chosen(wanted.keyExchange, ssh2Algorithms.keyExchange);
  const macs = chosen(wanted.macs, ssh2Algorithms.macs);
  const known = types.flatMap((type) => hostKeyAlgorithms[type] ?? []);
  const hostKey = chosen(wanted.hostKey, ssh2Algorithms.hostKey);
  return {
    cipher: cipher.filter((name) => !name.startsWith('chacha20') || getCiphers().includes('chacha20')),
    serverHostKey: hostKey === null ? known : inOrderOf(known, hostKey),
    ...(keyExchange === null ? {} : { kex: keyExchange }),
    ...(macs === null ? {} : { hmac: macs }),
    ...(compress ? { compress: ['zlib@openssh.com', 'none'] } : {}),
  };
}

function chosen<T extends string>(wanted: readonly string[] | null, known: readonly T[]): T[] | null {
  return wanted === null ? null : wanted.flatMap((name) => known.filter((one) => one === name));
}

/** The same names, those that are known for the host first. */
function inOrderOf<T extends string>(first: readonly T[], names: readonly T[]): T[] {
  return [...first.filter((name) => names.includes(name)), ...names.filter((name) => !first.includes(name))];
}
