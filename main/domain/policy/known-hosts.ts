/**
 * The known_hosts format, https://man.openbsd.org/sshd#SSH_KNOWN_HOSTS_FILE_FORMAT. Names stand there plain, with
 * wildcards, or hashed with a salt of their own; the hash is handed in, because this room has no cryptography.
 */
export interface KnownHost {
  /** Where it stands. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** `@revoked` and `@cert-authority` without their at sign; null for an ordinary key. */
  readonly marker: string | null;
  readonly names: readonly string[];
  readonly keyType: string;
  /** The public key in base64, as it stands there. */
  readonly key: string;
}

/** HMAC-SHA1 of a name; salt and answer in base64. */
export type HashName = (salt: string, name: string) => string;

export function parseKnownHosts(text: string, file: string): KnownHost[] {
  return text.split('\n').flatMap((raw, index) => {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) return [];
    const fields = line.split(/[ \t]+/);
    const marker = fields[0]?.startsWith('@') ? (fields.shift() ?? '').slice(1) : null;
    const [names, keyType, key] = fields;
    // A line of the old protocol has numbers here, a torn one has nothing: neither is a key.
    if (names === undefined || keyType === undefined || key === undefined || !/^[a-z]/.test(keyType)) return [];
    return [{ file, line: index + 1, marker, names: names.split(','), keyType, key }];
  });
}

/** How known_hosts names a host: bare on port 22, `[host]:port` elsewhere, always in lower case. */
export function knownHostName(address: string, port: number): string {
  const name = address.toLowerCase();
  return port === 22 ? name : `[${name}]:${port}`;
}

/** Whether a line is about that name. A pattern with `!` that matches excludes the whole line. */
export function isAbout(entry: KnownHost, name: string, hash: HashName): boolean {
  let found = false;
  for (const pattern of entry.names) {
    if (pattern.startsWith('|')) {
      const [, version, salt, hashed] = pattern.split('|');
      if (version === '1' && salt !== undefined && hashed === hash(salt, name)) found = true;
    } else if (pattern.startsWith('!')) {
      if (matchesPattern(pattern.slice(1), name)) return false;
    } else if (matchesPattern(pattern, name)) {
      found = true;
    }
  }
  return found;
}

/** `*` and `?` as ssh reads them; brackets stand for themselves. Never slower than pattern × name. */
function matchesPattern(pattern: string, name: string): boolean {
  const wanted = pattern.toLowerCase();
  let star = -1;
  let resumeAt = 0;
  let at = 0;
  for (let index = 0; index < name.length; ) {
    if (at < wanted.length && wanted[at] === '*') {
      star = at++;
      resumeAt = index;
    } else if (at < wanted.length && (wanted[at] === '?' || wanted[at] === name[index])) {
      at++;
      index++;
    } else if (star >= 0) {
      at = star + 1;
      index = ++resumeAt;
    } else {
      return false;
    }
  }
  while (wanted[at] === '*') at++;
  return at === wanted.length;
}
