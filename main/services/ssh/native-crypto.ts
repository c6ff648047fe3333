import { createRequire } from 'node:module';

const requireFrom = createRequire(import.meta.url);

/**
 * Whether ssh2 runs its native cryptography. It falls back in silence when the binding is missing or was built for
 * another runtime, so the same file is loaded here in the same way.
 */
export function hasNativeCrypto(): boolean {
  try {
    requireFrom('ssh2/lib/protocol/crypto/build/Release/sshcrypto.node');
    return true;
  } catch {
    return false;
  }
}
