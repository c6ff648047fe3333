import { type HashName, isAbout, type KnownHost, knownHostName } from './known-hosts.ts';

export interface OfferedKey {
  readonly keyType: string;
  /** In base64, as known_hosts has it. */
  readonly key: string;
}

/**
 * `changed`: another key of the same type is known, or only keys of types that the host no longer shows. The second
 * is stricter than ssh, which would ask: known types are negotiated first, so a host that shows another one has lost
 * its key or is not that host.
 */
export type HostKeyVerdict =
  | { readonly verdict: 'known' | 'unknown' }
  | { readonly verdict: 'changed' | 'revoked'; readonly entry: KnownHost };

/** What the technician's files say about the key that a host shows. */
export function judgeHostKey(
  entries: readonly KnownHost[],
  host: { address: string; port: number },
  offered: OfferedKey,
  hash: HashName,
): HostKeyVerdict {
  const name = knownHostName(host.address, host.port);
  const bare = knownHostName(host.address, 22);
  const about = entries.filter((entry) => isAbout(entry, name, hash));
  const aboutBare = name === bare ? about : entries.filter((entry) => isAbout(entry, bare, hash));

  const revoked = [...about, ...aboutBare].find((entry) => entry.marker === 'revoked' && isKey(entry, offered));
  if (revoked) return { verdict: 'revoked', entry: revoked };
  const plain = about.filter((entry) => entry.marker === null);
  if (plain.some((entry) => isKey(entry, offered))) return { verdict: 'known' };
  const other = plain.find((entry) => entry.keyType === offered.keyType) ?? plain[0];
  if (other) return { verdict: 'changed', entry: other };
  // As ssh does: a key known for the name without its port is good on another port too, but cannot be "changed" there.
  if (aboutBare.some((entry) => entry.marker === null && isKey(entry, offered))) return { verdict: 'known' };
  return { verdict: 'unknown' };
}

/** Key types known for a host, in the order of the files: to be negotiated first. */
export function knownKeyTypes(
  entries: readonly KnownHost[],
  host: { address: string; port: number },
  hash: HashName,
): string[] {
  const types = (name: string) =>
    entries.filter((entry) => entry.marker === null && isAbout(entry, name, hash)).map((entry) => entry.keyType);
  const own = types(knownHostName(host.address, host.port));
  return [...new Set(own.length > 0 ? own : types(knownHostName(host.address, 22)))];
}

function isKey(entry: KnownHost, offered: OfferedKey): boolean {
  return entry.keyType === offered.keyType && entry.key === offered.key;
}
