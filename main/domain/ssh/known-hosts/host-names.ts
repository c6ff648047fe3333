import type { KnownHost } from './parse-known-hosts.ts';

/** HMAC-SHA1 of a name; salt and answer in base64. This room has no cryptography. */
export type HashName = (salt: string, name: string) => string;

/** ssh gives up on a whole line for a pattern that is longer, in characters. */
const maxPattern = 1023;

/** How known_hosts names a host: bare on port 22, `[host]:port` elsewhere, always in lower case. */
export function knownHostName(address: string, port: number): string {
  const name = address.toLowerCase();
  return port === 22 ? name : `[${name}]:${port}`;
}

/** One name and no pattern. A file has thousands, and each of thousands of connections looks through all of them. */
const plainName = /^[^,!*?|]*$/;

/** Whether a line is about that name. A pattern with `!` that matches excludes the whole line. */
export function isAbout({ names }: Pick<KnownHost, 'names'>, name: string, hash: HashName): boolean {
  if (plainName.test(names)) {
    return names.length === name.length && names.length < maxPattern && names.toLowerCase() === name;
  }
  if (names.startsWith('|')) return isHashOf(names, name, hash);
  let found = false;
  for (const pattern of names.split(',')) {
    const wanted = pattern.startsWith('!') ? pattern.slice(1) : pattern;
    if (wanted.length >= maxPattern) return false;
    if (!matchesPattern(wanted.toLowerCase(), name)) continue;
    if (wanted !== pattern) return false;
    found = true;
  }
  return found;
}

/** Whether a line is about that name and nothing else, so that it may be taken away with the name's key. */
export function isOnlyAbout({ names }: Pick<KnownHost, 'names'>, name: string, hash: HashName): boolean {
  return names.startsWith('|') ? isHashOf(names, name, hash) : names.toLowerCase() === name;
}

function isHashOf(names: string, name: string, hash: HashName): boolean {
  const [, salt, hashed] = /^\|1\|([A-Za-z0-9+/]{27}=)\|([A-Za-z0-9+/]{27}=)$/.exec(names) ?? [];
  return salt !== undefined && hashed === hash(salt, name);
}

/** `*` and `?` as ssh reads them; brackets stand for themselves. Never slower than pattern × name. */
function matchesPattern(wanted: string, name: string): boolean {
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
