import { randomUUID } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';

/** Seals text so that only this user of this machine can open it: the system's keyring, where a shell has one. */
export interface Vault {
  seal(secret: string): Promise<Uint8Array>;
  /** Throws where it was sealed by another user or machine. `stale`: with a key that has been replaced since. */
  open(sealed: Uint8Array): Promise<{ readonly secret: string; readonly stale: boolean }>;
}

/** Passphrases and passwords, by what they are for. Never logged; on disk only what a vault has sealed. */
export interface SecretKeeper {
  /** Whether what is kept outlives this session. */
  readonly remembers: boolean;
  get(what: string): string | undefined;
  keep(what: string, secret: string): void;
  forget(what: string): void;
}

const sealedSchema = z.record(z.string(), z.base64());

/** Keeps secrets for this session; `onChange` is told of each change. */
export function createSecretKeeper(secrets = new Map<string, string>(), onChange?: () => void): SecretKeeper {
  return {
    remembers: onChange !== undefined,
    get: (what) => secrets.get(what),
    keep: (what, secret) => {
      if (secrets.get(what) === secret) return;
      secrets.set(what, secret);
      onChange?.();
    },
    forget: (what) => {
      if (secrets.delete(what)) onChange?.();
    },
  };
}

/** Keeps secrets for this session, and beyond it in `file` where there is a vault. */
export async function openSecretKeeper(options: { vault: Vault | null; file: string }): Promise<SecretKeeper> {
  const { vault, file } = options;
  if (vault === null) return createSecretKeeper();
  const { secrets, stale } = await readSealed(file, vault);
  let writing: Promise<void> = Promise.resolve();
  const write = (): void => {
    // One after another, so that the newest state is the one that stays. A write that fails costs being asked again.
    writing = writing.then(() => writeSealed(file, vault, secrets)).catch(() => {});
  };
  if (stale) write();
  return createSecretKeeper(secrets, write);
}

/** What cannot be read or opened is asked for again. */
async function readSealed(file: string, vault: Vault): Promise<{ secrets: Map<string, string>; stale: boolean }> {
  let stale = false;
  const secrets = new Map<string, string>();
  const text = await readFile(file, 'utf8').catch(() => '{}');
  const sealed = sealedSchema.safeParse(parseJson(text));
  for (const [what, bytes] of Object.entries(sealed.data ?? {})) {
    const opened = await vault.open(Buffer.from(bytes, 'base64')).catch(() => null);
    if (opened === null) continue;
    secrets.set(what, opened.secret);
    stale ||= opened.stale;
  }
  return { secrets, stale };
}

async function writeSealed(file: string, vault: Vault, secrets: ReadonlyMap<string, string>): Promise<void> {
  const entries: [string, string][] = [];
  for (const [what, secret] of secrets) entries.push([what, Buffer.from(await vault.seal(secret)).toString('base64')]);
  const temporary = `${file}.${randomUUID()}`;
  await writeFile(temporary, JSON.stringify(Object.fromEntries(entries)), { mode: 0o600, flush: true });
  await rename(temporary, file);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
