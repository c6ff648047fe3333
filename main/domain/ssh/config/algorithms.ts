import { matchesList } from './pattern.ts';

/** What OpenSSH 9.2 knows and what it offers by itself, in its order: `ssh -Q` and an empty configuration. */
export interface AlgorithmFamily {
  readonly known: readonly string[];
  readonly offered: readonly string[];
  /** Names of key types may be patterns, also where a list stands for itself. */
  readonly patterns: boolean;
  /** Whether a list may begin with `+`, `-` or `^`. */
  readonly changes: boolean;
}

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}

export const ciphers: AlgorithmFamily = {
  known: words(`3des-cbc aes128-cbc aes192-cbc aes256-cbc aes128-ctr aes192-ctr aes256-ctr
    aes128-gcm@openssh.com aes256-gcm@openssh.com chacha20-poly1305@openssh.com`),
  offered: words(`chacha20-poly1305@openssh.com aes128-ctr aes192-ctr aes256-ctr
    aes128-gcm@openssh.com aes256-gcm@openssh.com`),
  patterns: false,
  changes: true,
};

export const macs: AlgorithmFamily = {
  known: words(`hmac-sha1 hmac-sha1-96 hmac-sha2-256 hmac-sha2-512 hmac-md5 hmac-md5-96
    umac-64@openssh.com umac-128@openssh.com hmac-sha1-etm@openssh.com hmac-sha1-96-etm@openssh.com
    hmac-sha2-256-etm@openssh.com hmac-sha2-512-etm@openssh.com hmac-md5-etm@openssh.com
    hmac-md5-96-etm@openssh.com umac-64-etm@openssh.com umac-128-etm@openssh.com`),
  offered: words(`umac-64-etm@openssh.com umac-128-etm@openssh.com hmac-sha2-256-etm@openssh.com
    hmac-sha2-512-etm@openssh.com hmac-sha1-etm@openssh.com umac-64@openssh.com umac-128@openssh.com
    hmac-sha2-256 hmac-sha2-512 hmac-sha1`),
  patterns: false,
  changes: true,
};

export const keyExchanges: AlgorithmFamily = {
  known: words(`diffie-hellman-group1-sha1 diffie-hellman-group14-sha1 diffie-hellman-group14-sha256
    diffie-hellman-group16-sha512 diffie-hellman-group18-sha512 diffie-hellman-group-exchange-sha1
    diffie-hellman-group-exchange-sha256 ecdh-sha2-nistp256 ecdh-sha2-nistp384 ecdh-sha2-nistp521
    curve25519-sha256 curve25519-sha256@libssh.org sntrup761x25519-sha512
    sntrup761x25519-sha512@openssh.com`),
  offered: words(`sntrup761x25519-sha512 sntrup761x25519-sha512@openssh.com curve25519-sha256
    curve25519-sha256@libssh.org ecdh-sha2-nistp256 ecdh-sha2-nistp384 ecdh-sha2-nistp521
    diffie-hellman-group-exchange-sha256 diffie-hellman-group16-sha512 diffie-hellman-group18-sha512
    diffie-hellman-group14-sha256`),
  patterns: false,
  changes: true,
};

export const keyTypes: AlgorithmFamily = {
  known: words(`ssh-ed25519 ssh-ed25519-cert-v01@openssh.com sk-ssh-ed25519@openssh.com
    sk-ssh-ed25519-cert-v01@openssh.com ecdsa-sha2-nistp256 ecdsa-sha2-nistp256-cert-v01@openssh.com
    ecdsa-sha2-nistp384 ecdsa-sha2-nistp384-cert-v01@openssh.com ecdsa-sha2-nistp521
    ecdsa-sha2-nistp521-cert-v01@openssh.com sk-ecdsa-sha2-nistp256@openssh.com
    sk-ecdsa-sha2-nistp256-cert-v01@openssh.com webauthn-sk-ecdsa-sha2-nistp256@openssh.com ssh-dss
    ssh-dss-cert-v01@openssh.com ssh-rsa ssh-rsa-cert-v01@openssh.com rsa-sha2-256
    rsa-sha2-256-cert-v01@openssh.com rsa-sha2-512 rsa-sha2-512-cert-v01@openssh.com`),
  offered: words(`ssh-ed25519-cert-v01@openssh.com ecdsa-sha2-nistp256-cert-v01@openssh.com
    ecdsa-sha2-nistp384-cert-v01@openssh.com ecdsa-sha2-nistp521-cert-v01@openssh.com
    sk-ssh-ed25519-cert-v01@openssh.com sk-ecdsa-sha2-nistp256-cert-v01@openssh.com
    rsa-sha2-512-cert-v01@openssh.com rsa-sha2-256-cert-v01@openssh.com ssh-ed25519
    ecdsa-sha2-nistp256 ecdsa-sha2-nistp384 ecdsa-sha2-nistp521 sk-ssh-ed25519@openssh.com
    sk-ecdsa-sha2-nistp256@openssh.com rsa-sha2-512 rsa-sha2-256`),
  patterns: true,
  changes: true,
};

const isCertificate = /-cert-v01@/;

/** What may sign a certificate. */
export const signatures: AlgorithmFamily = {
  known: keyTypes.known.filter((name) => !isCertificate.test(name)),
  offered: keyTypes.offered.filter((name) => !isCertificate.test(name)),
  patterns: true,
  changes: true,
};

/** Debian's OpenSSH has them. */
export const gssapiKeyExchanges: AlgorithmFamily = {
  known: words(`gss-gex-sha1- gss-group1-sha1- gss-group14-sha1- gss-group14-sha256- gss-group16-sha512-
    gss-nistp256-sha256- gss-curve25519-sha256-`),
  offered: words(`gss-group14-sha256- gss-group16-sha512- gss-nistp256-sha256- gss-curve25519-sha256-
    gss-group14-sha1- gss-gex-sha1-`),
  patterns: false,
  changes: false,
};

/** The short names that OpenSSH takes for key types in any case. */
const shortKeyTypes = /^(?:ed25519|ed25519-sk|ecdsa|ecdsa-sk|dsa|rsa)$/i;

/** Whether ssh would take the list where it stands; behind `-` anything may stand. */
export function isValidList(list: string, family: AlgorithmFamily): boolean {
  if (family.changes && list.startsWith('-')) return true;
  const names = (family.changes ? list.replace(/^[+^]/, '') : list).split(',');
  if (names.length === 1 && names[0] === '') return false;
  // ssh stops reading at the first empty name.
  const end = names.indexOf('');
  return names.slice(0, end < 0 ? undefined : end).every((name) => {
    if (family.known.includes(name)) return true;
    return (
      family.patterns && (shortKeyTypes.test(name) || keyTypes.known.some((known) => matchesList(known, name) !== 'no'))
    );
  });
}

/** The names in their order of preference; null: none is left, or one is negated, which ssh refuses. */
export function assembled(list: string | null, { known, offered }: AlgorithmFamily): string[] | null {
  if (list === null) return [...offered];
  const names = list.slice(1);
  if (list.startsWith('-')) return offered.filter((name) => matchesList(name, names) !== 'yes');
  const ordered = list.startsWith('+')
    ? [...offered, ...names.split(',')]
    : list.startsWith('^')
      ? [...names.split(','), ...offered]
      : list.split(',');
  if (ordered.some((name) => name.startsWith('!'))) return null;
  const found = new Set(ordered.flatMap((name) => known.filter((one) => matchesList(one, name) === 'yes')));
  return found.size > 0 ? [...found] : null;
}
