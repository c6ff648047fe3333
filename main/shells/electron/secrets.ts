import { safeStorage } from 'electron';

/** Keeps what a technician typed, sealed by the system's keyring, or in memory only. */
export interface Secrets {
  /** Null where the keyring is real; else the sentence that tells the technician why nothing is remembered. */
  readonly problem: string | null;
  /** The sealed bytes, to be stored; null where they would protect nothing. */
  seal(secret: string): Promise<Uint8Array | null>;
  open(sealed: Uint8Array): Promise<{ secret: string; shouldReseal: boolean }>;
}

/** Call it once Electron is ready: before that no backend is known. */
export async function openSecrets(): Promise<Secrets> {
  const problem = await findProblem();
  return {
    problem,
    seal: async (secret) => (problem === null ? new Uint8Array(await safeStorage.encryptStringAsync(secret)) : null),
    open: async (sealed) => {
      const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(sealed));
      return { secret: result, shouldReseal: shouldReEncrypt };
    },
  };
}

async function findProblem(): Promise<string | null> {
  // On Linux without a keyring Electron seals with a password that is in its source code.
  const backend = process.platform === 'linux' ? safeStorage.getSelectedStorageBackend() : 'system';
  if (backend === 'basic_text' || backend === 'unknown') return noKeyring;
  return (await safeStorage.isAsyncEncryptionAvailable()) ? null : noKeyring;
}

const noKeyring =
  'This desktop has no keyring that Rackside can use (GNOME Keyring or KWallet), so passwords and passphrases are kept in memory only and asked again after a restart.';
