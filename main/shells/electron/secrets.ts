import { safeStorage } from 'electron';
import type { SecretsOption } from '../../services/console.ts';

/** What seals secrets here, and what the technician is told about it. Call it once Electron is ready. */
export async function openSecrets(): Promise<SecretsOption> {
  if (!(await hasKeyring())) return { vault: null, about: noKeyring };
  return {
    vault: {
      seal: async (secret) => new Uint8Array(await safeStorage.encryptStringAsync(secret)),
      open: async (sealed) => {
        const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(sealed));
        return { secret: result, stale: shouldReEncrypt };
      },
    },
    about: "Passwords and passphrases are kept sealed by this system's keyring.",
  };
}

async function hasKeyring(): Promise<boolean> {
  // On Linux without a keyring Electron seals with a password that is in its source code.
  const backend = process.platform === 'linux' ? safeStorage.getSelectedStorageBackend() : 'system';
  if (backend === 'basic_text' || backend === 'unknown') return false;
  return safeStorage.isAsyncEncryptionAvailable().catch(() => false);
}

const noKeyring =
  'This desktop has no keyring that Rackside can use (GNOME Keyring or KWallet), so passwords and passphrases are kept in memory only and asked again after a restart.';
