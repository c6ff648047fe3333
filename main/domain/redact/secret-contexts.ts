import type { Place, Trigger } from './place.ts';
import { looksRandom, reachOfSecret } from './secret-reach.ts';

/** The rest of a name, what closes it, and what stands between it and its value. */
const assignment = /^([\w.-]{0,40}?)(\\*["'\]])?(?: value)?[ \t]{0,16}(?:=>|:=|[:=])[ \t]{0,16}/i;
/** An element of XML. */
const element = /^([\w.-]{0,40})>/;
/** In the files of some programs a blank is enough; then only what is no word counts. */
const spaced = /^()[ \t]{1,16}(?=\S*\d)(?=\S*[A-Za-z])(?![\w.-]*\/|-)(?=[^\s,;:)]{6})/;
const option = /^([\w-]{0,40})[ \0]/;
/** Names that go on like this hold no secret themselves. */
const aboutSecret =
  /(?:^|[_.-])(?:file|path|dir|type|policy|length|count|limit|size|max|min|age|expir\w*|url|uri|id|name|algorithm|version|hash_algorithm|prompt|required|enabled|authentication|s)$/i;

/** Escapes stay in it. Where the quotes are escaped themselves, this is looked at again without. */
const quoted = /^(?:"((?:\\.|""|[^"\\\n\0]){1,512})|'((?:''|[^'\n\0]){1,512}))/;
/** Up to a blank; a comma or an ampersand ends it only where another assignment begins. */
const bare = /^(?:[^\s\0"'\\`&;,<>|){}\]]|[&;,](?![A-Za-z_][\w.-]*=|\s|$|["'\0])|\\(?![nrt"'\\]))+/;
const word = /^[^\s\0"']+/;

/** The value that begins there: where and how long it is. */
function valueAt(text: string, at: number, isArgument: boolean): { at: number; value: string } | null {
  const rest = text.slice(at);
  const inQuotes = quoted.exec(rest);
  if (inQuotes !== null) {
    return { at: at + 1, value: inQuotes[1] ?? inQuotes[2] ?? '' };
  }
  const value = (isArgument ? word : bare).exec(rest)?.[0];
  return value === undefined ? null : { at, value };
}

/** After a name that may hold a secret: `name=value`, `"name": "value"`, `--name value`. */
function lookForValue(place: Place, holds: (value: string, isNamed: boolean) => boolean): void {
  const after = place.after(640);
  const name = /[\w-]*$/.exec(place.before(40))?.[0] ?? '';
  const isOption = name.startsWith('-');
  const assigned = assignment.exec(after);
  const opted = assigned === null && isOption ? option.exec(after) : null;
  const isElement = /<(?:\w+:)?\w*$/.test(place.before(20));
  const marked = assigned ?? opted ?? (isElement ? element.exec(after) : null);
  const isFirst = /(?:^|[\n\t ])$/.test(place.before(1));
  const match = marked ?? (isFirst ? spaced.exec(after) : null);
  // The shell's own directories.
  if (match === null || aboutSecret.test(match[1] as string) || (/^(?:OLD)?$/i.test(name) && /^pwd$/i.test(place.word)))
    return;
  const found = valueAt(after, match[0].length, opted !== null);
  if (found !== null) place.passed(found.at + found.value.length);
  if (found === null || (opted !== null && found.value.startsWith('-'))) return;
  const isNamed = isOption || /=[ \t]*$/.test(match[0]) || match[2] !== undefined;
  const reach = reachOfSecret(found.value, isNamed);
  if (reach !== null && holds(found.value, isNamed)) place.found('secret', found.at, found.value.length, reach);
}

const named: Trigger = {
  needsValue: true,
  words: [
    ...['passw', 'passphrase', '_pass', '-pass', 'pwd', 'secret', 'token', 'apikey', 'api_key', 'api-key'],
    ...['access_key', 'access-key', 'accesskey', 'private_key', 'private-key', 'privatekey', 'presharedkey', 'psk'],
    ...['credential', 'accountkey', 'community', 'auth_key', 'authkey', 'encryption_key', 'client_key', 'signing_key'],
    ...['requirepass', 'masterauth', 'password', 'passwd', '"pw'],
  ],
  look: (place) => lookForValue(place, (value, isNamed) => isNamed || /[^a-z]/.test(value)),
};

/** Names that hold many other things: only what looks like nothing else. */
const perhaps: Trigger = {
  needsValue: true,
  words: ['key', 'auth', 'session', 'sig', 'signature', 'license', 'nonce', 'salt', 'otp', 'sid', 'pass'],
  look: (place) => {
    const isPass = /^pass$/i.test(/[A-Za-z0-9]*$/.exec(place.before(20))?.[0] ?? '') || /^[=:]/.test(place.after(1));
    lookForValue(place, (value, isNamed) => looksRandom(value) || (isPass && isNamed && endsInPass(place)));
  },
};

function endsInPass(place: Place): boolean {
  return place.end - place.start === 4 && !/[A-Za-z0-9]$/.test(place.before(1));
}

/** All that a header says, but for the name of the scheme. */
const headers: Trigger = {
  needsValue: true,
  words: ['authorization', 'cookie'],
  look: (place) => {
    const after = place.after(2048);
    const head =
      /^(?:\\*["'])?[ \t]{0,4}[:=][ \t]{0,4}(?:\\*["'])?(?:(?:Basic|Bearer|Digest|Token|Negotiate|NTLM|ApiKey)[ +])?/i.exec(
        after,
      );
    if (head === null) return;
    const value = /^[^\r\n\0"'\\]+/.exec(after.slice(head[0].length))?.[0] ?? '';
    for (const part of value.matchAll(/[^\s;,=]+=*(?=[;,\s]|$)|(?<==)[^\s;,]+/g)) {
      const reach = reachOfSecret(part[0], true);
      if (reach !== null) place.found('secret', head[0].length + part.index, part[0].length, reach);
    }
  },
};

const bearer: Trigger = {
  words: ['bearer ', 'bearer%20', 'basic '],
  look: (place) => {
    const value = /^[A-Za-z0-9._~+/-]{16,2048}=*/.exec(place.after(2052))?.[0] ?? '';
    if (looksRandom(value)) place.found('secret', 0, value.length, 'anywhere');
  },
};

/** What the makers of secrets begin them with, so that they can be found: how much must follow, of which letters. */
const makers: readonly (readonly [prefix: string, rest: RegExp])[] = [
  ['akia', /^[A-Z0-9]{16}(?![A-Za-z0-9])/],
  ['asia', /^[A-Z0-9]{16}(?![A-Za-z0-9])/],
  ...['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'npm_', 'hf_', 'whsec_'].map(
    (prefix) => [prefix, /^\w{20,255}/] as const,
  ),
  ...['sk_live_', 'sk_test_', 'rk_live_', 'pk_live_', 'github_pat_'].map((prefix) => [prefix, /^\w{16,255}/] as const),
  ...[
    'glpat-',
    'xoxb-',
    'xoxp-',
    'xoxa-',
    'xoxr-',
    'xoxs-',
    'pypi-',
    'dop_v1_',
    'sk-',
    'age-secret-key-',
    'tskey-',
  ].map((prefix) => [prefix, /^[\w-]{16,255}/] as const),
  ['aiza', /^[\w-]{35}/],
  ['ya29.', /^[\w-]{20,2048}/],
  ['sg.', /^[\w-]{16,64}\.[\w-]{16,64}/],
  ['eyj', /^[\w-]{8,4096}\.[\w-]{4,8192}(?:\.[\w-]{0,4096}){0,3}/],
  // What crypt(3) and its kind make of a password.
  ...['$1$', '$2a$', '$2b$', '$2y$', '$5$', '$6$', '$7$', '$y$', '$argon2'].map(
    (prefix) => [prefix, /^[\w./$=,+-]{12,512}/] as const,
  ),
  // Public keys of SSH: they name the host or the user that has them.
  ...['aaaab3nza', 'aaaac3nza', 'aaaae2vjz'].map((prefix) => [prefix, /^[A-Za-z0-9+/]{24,8192}={0,2}/] as const),
  ['sha256:', /^[A-Za-z0-9+/]{43}(?![A-Za-z0-9+/])/],
];

const made: readonly Trigger[] = makers.map(([prefix, rest]) => ({
  words: [prefix],
  look: (place) => {
    if (/[A-Za-z0-9_]$/.test(place.before(1)) && /^\w/.test(prefix)) return;
    // Most places end here, before much is made a text.
    if (!/^[\w./$=,+-]{12}/.test(place.after(12))) return;
    const isLong = /^[\w+/-]{24}/.test(place.after(24));
    const found = rest.exec(place.after(isLong ? 8300 : 200))?.[0];
    if (found === undefined) return;
    const isFingerprint = prefix === 'sha256:';
    const from = isFingerprint ? 0 : -prefix.length;
    place.found('secret', from, found.length - from, 'anywhere');
  },
}));

/** The body of a private key, to its end or to where it was cut; line by line, so that each is known elsewhere. */
const privateKey: Trigger = {
  words: ['-----begin '],
  look: (place) => {
    const head = /^[A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/.exec(place.after(80))?.[0];
    if (head === undefined) return;
    const near = place.after(4 << 10);
    const after = near.includes('-----', head.length) ? near : place.after(32 << 10);
    const end = after.indexOf('-----END', head.length);
    const body = after.slice(head.length, end < 0 ? after.length : end);
    for (const line of body.matchAll(/(?:(?!\\[nrt])[A-Za-z0-9+/=])+/g)) {
      // Behind an escape that was written twice.
      const from = head.length + line.index + (body[line.index - 1] === '\\' ? 1 : 0);
      const length = head.length + line.index + line[0].length - from;
      place.found('secret', from, length, length >= 24 ? 'anywhere' : 'place');
      // Without an end: until something else comes.
      if (end < 0 && /^[^A-Za-z0-9+/=\s\\]{2}|^\n\n[^A-Za-z0-9+/]/.test(body.slice(line.index + line[0].length)))
        return;
    }
  },
};

export const secretTriggers: readonly Trigger[] = [named, perhaps, headers, bearer, ...made, privateKey];
