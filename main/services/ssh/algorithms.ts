import { getCiphers } from 'node:crypto';
import type { Algorithms, CipherAlgorithm, ServerHostKeyAlgorithm } from 'ssh2';

/** Signature algorithms by the type of host key, best first, as they are offered when no key is known. */
const hostKeyAlgorithms: Record<string, ServerHostKeyAlgorithm[]> = {
  'ssh-ed25519': ['ssh-ed25519'],
  'ecdsa-sha2-nistp256': ['ecdsa-sha2-nistp256'],
  'ecdsa-sha2-nistp384': ['ecdsa-sha2-nistp384'],
  'ecdsa-sha2-nistp521': ['ecdsa-sha2-nistp521'],
  'ssh-rsa': ['rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa'],
};

/** Types of host key that can be negotiated; what known_hosts says of others is not about this connection. */
export const hostKeyTypes = Object.keys(hostKeyAlgorithms);

/**
 * What is offered to a host. AES-GCM first: it is the fastest in every runtime. ChaCha20 only where the runtime has
 * it, because Electron's has not, and naming it there makes ssh2 throw.
 */
export function algorithmsFor(knownKeyTypes: readonly string[]): Algorithms {
  const cipher: CipherAlgorithm[] = [
    'aes128-gcm@openssh.com',
    'aes256-gcm@openssh.com',
    'aes128-ctr',
    'aes192-ctr',
    'aes256-ctr',
  ];
  if (getCiphers().includes('chacha20')) cipher.push('chacha20-poly1305@openssh.com');
  const types = [...new Set([...knownKeyTypes, ...hostKeyTypes])];
  return { cipher, serverHostKey: types.flatMap((type) => hostKeyAlgorithms[type] ?? []) };
}
