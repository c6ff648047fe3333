/** Passphrases and passwords of this session. In memory only; never written, never logged. */
export interface SecretKeeper {
  get(what: string): string | undefined;
  keep(what: string, secret: string): void;
  forget(what: string): void;
}

export function createSecretKeeper(): SecretKeeper {
  const secrets = new Map<string, string>();
  return {
    get: (what) => secrets.get(what),
    keep: (what, secret) => void secrets.set(what, secret),
    forget: (what) => void secrets.delete(what),
  };
}
