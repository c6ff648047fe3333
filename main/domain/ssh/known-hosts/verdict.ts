import { type Certificate, certificateProblem, parseCertificate } from './certificate.ts';
import { type HashName, isAbout, knownHostName } from './host-names.ts';
import type { KnownHost } from './parse-known-hosts.ts';
import type { PublicKey } from './public-key.ts';

/** What is said of one host. */
export interface HostLines {
  /** The host's name or address, as certificates have it. */
  readonly host: string;
  /** The same as known_hosts has it, with the port where that is not 22. */
  readonly name: string;
  readonly lines: readonly KnownHost[];
  /** What is said of the name without its port; empty on port 22. ssh asks there when it finds nothing else. */
  readonly bareLines: readonly KnownHost[];
}

/** Whether the authority's signature holds, and was made by an algorithm that is still good. */
export type VerifyCertificate = (certificate: Certificate) => boolean;

/** What `certificateProblem` cannot know by itself. */
export interface CertificateRules {
  readonly verify: VerifyCertificate;
  /** Seconds since the epoch. */
  readonly now: number;
}

export type HostKeyVerdict =
  | { readonly verdict: 'known' | 'ca' | 'revoked'; readonly entry: KnownHost }
  /** Other keys are known for the host, of whatever type: `entry` is the one that ssh would name, `stale` are all. */
  | { readonly verdict: 'changed'; readonly entry: KnownHost; readonly stale: readonly KnownHost[] }
  /** `reason`: why a certificate did not vouch for it; null where there was none. */
  | { readonly verdict: 'unknown'; readonly reason: string | null };

export function linesAbout(
  entries: readonly KnownHost[],
  host: { address: string; port: number },
  hash: HashName,
): HostLines {
  const [name, bare] = [knownHostName(host.address, host.port), knownHostName(host.address, 22)];
  return {
    host: bare,
    name,
    lines: entries.filter((entry) => isAbout(entry, name, hash)),
    bareLines: name === bare ? [] : entries.filter((entry) => isAbout(entry, bare, hash)),
  };
}

/**
 * What the files say about the key that a host shows, as OpenSSH 9.2 decides. A revoked line wins over everything, but
 * only among lines of the same name; the name without its port can make a key known or revoked, never changed.
 */
export function judgeHostKey(about: HostLines, offered: PublicKey, rules: CertificateRules): HostKeyVerdict {
  const certificate = parseCertificate(offered);
  if (certificate === null) return judgePlainKey(about, offered, null);
  const { plain, authority } = certificate;
  // A signature that does not hold ends the key exchange in ssh: such a key is not even looked up.
  if (!rules.verify(certificate)) return { verdict: 'unknown', reason: 'its signature does not hold' };
  const revoked = findRevoked(about.lines, [plain, authority]);
  if (revoked) return { verdict: 'revoked', entry: revoked };
  const own = findKey(about.lines, 'cert-authority', authority);
  const bareRevoked = own ? undefined : findRevoked(about.bareLines, [plain, authority]);
  const vouching = own ?? (bareRevoked ? undefined : findKey(about.bareLines, 'cert-authority', authority));
  const reason = vouching
    ? certificateProblem(certificate, about.host, rules.now)
    : 'no line vouches for the authority that signed it';
  if (vouching && reason === null) return { verdict: 'ca', entry: vouching };
  // As ssh does, the key is then looked up as if it had no certificate.
  const judged = judgePlainKey(about, plain, reason);
  return judged.verdict === 'unknown' && bareRevoked ? { verdict: 'revoked', entry: bareRevoked } : judged;
}

function judgePlainKey({ lines, bareLines }: HostLines, offered: PublicKey, reason: string | null): HostKeyVerdict {
  const revoked = findRevoked(lines, [offered]);
  if (revoked) return { verdict: 'revoked', entry: revoked };
  const known = findKey(lines, null, offered);
  if (known) return { verdict: 'known', entry: known };
  const stale = lines.filter(({ marker }) => marker === null);
  const last = stale.at(-1);
  if (last) return { verdict: 'changed', entry: last, stale };
  const bareRevoked = findRevoked(bareLines, [offered]);
  if (bareRevoked) return { verdict: 'revoked', entry: bareRevoked };
  const bare = findKey(bareLines, null, offered);
  return bare ? { verdict: 'known', entry: bare } : { verdict: 'unknown', reason };
}

/** Key types known for a host, in the order of the files: to be negotiated first. */
export function knownKeyTypes({ lines, bareLines }: HostLines): string[] {
  const types = (of: readonly KnownHost[]) => of.filter(({ marker }) => marker === null).map(({ keyType }) => keyType);
  const own = types(lines);
  return [...new Set(own.length > 0 ? own : types(bareLines))];
}

/** The line of an authority that may vouch for the host by a certificate; undefined where there is none. */
export function vouchingAuthority({ lines, bareLines }: HostLines): KnownHost | undefined {
  return [lines, bareLines]
    .flatMap((of) => of.filter(({ marker }) => marker === 'cert-authority').filter((ca) => !findRevoked(of, [ca])))
    .at(0);
}

function findRevoked(lines: readonly KnownHost[], keys: readonly PublicKey[]): KnownHost | undefined {
  return lines.find(({ marker, key }) => marker === 'revoked' && keys.some((one) => one.key === key));
}

function findKey(lines: readonly KnownHost[], marker: KnownHost['marker'], wanted: PublicKey): KnownHost | undefined {
  return lines.find((entry) => entry.marker === marker && entry.key === wanted.key);
}
