import { type HashName, isAbout, isOnlyAbout } from './host-names.ts';
import { parseKnownHosts } from './parse-known-hosts.ts';
import type { PublicKey } from './public-key.ts';

/** The same text with lines for more keys of one host; a last line without its end gets one. */
export function withKeys(text: string, names: string, keys: readonly PublicKey[]): string {
  if (keys.length === 0) return text;
  const start = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  return start + keys.map(({ keyType, key }) => `${names} ${keyType} ${key}\n`).join('');
}

export interface Rotation {
  readonly name: string;
  /** The key that this connection was made with. */
  readonly shown: PublicKey;
  /** Every key that the host says it has, and has proved to have. */
  readonly proved: readonly PublicKey[];
  /** Types that can be proved; a key of another type is not missed when it is not among them. */
  readonly types: readonly string[];
  /** The name as it is to be written. */
  readonly written: string;
}

/**
 * A known_hosts text after a host said which keys it has (`hostkeys-00@openssh.com`, OpenSSH's PROTOCOL §2.5): new ones
 * are added, and those that it has no longer are taken away. Nothing changes unless the shown key stands there by the
 * host's own name; a line that is about other hosts too stays, and so does whatever has a marker.
 */
export function rotated(text: string, { name, shown, proved, types, written }: Rotation, hash: HashName): string {
  const about = parseKnownHosts(text, '').entries.filter((entry) => isAbout(entry, name, hash));
  const plain = about.filter(({ marker }) => marker === null);
  const has = (keys: readonly PublicKey[], one: PublicKey) => keys.some(({ key }) => key === one.key);
  if (plain.length < about.length || !has(plain, shown) || !has(proved, shown)) return text;
  const gone = new Set(
    plain
      .filter((entry) => isOnlyAbout(entry, name, hash) && types.includes(entry.keyType) && !has(proved, entry))
      .map(({ line }) => line),
  );
  const kept =
    gone.size === 0
      ? text
      : text
          .split('\n')
          .filter((_line, index) => !gone.has(index + 1))
          .join('\n');
  const fresh = proved.filter((key) => !has(plain, key));
  return withKeys(kept, written, fresh);
}
