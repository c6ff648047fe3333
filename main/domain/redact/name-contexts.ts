import { fold } from './characters.ts';
import { isNoName, isPublicDomain } from './known-words.ts';
import type { Place, Trigger } from './place.ts';
import type { Reach } from './terms.ts';

/** How far a name reaches: short ones are parts of too much else. */
export function reachOfName(name: string): Reach {
  if (name.length <= 3) return 'field';
  return name.length >= 8 && /\d/.test(name) && /[-_]/.test(name) ? 'anywhere' : 'word';
}

/** Tells a user's name at that place after (or before) the word, unless it is a word of the system. */
export function tellUser(place: Place, at: number, name: string): void {
  if (!isNoName(fold(name)) && !/^\d+$/.test(name)) place.found('user', at, name.length, reachOfName(name));
}

/**
 * Tells a host's name, or each label of a domain but its last: `pve1.intern.example.com` gives pve1 and example, so
 * that the same label is the same pseudonym wherever it stands.
 */
export function tellHost(place: Place, at: number, name: string): void {
  const whole = fold(name).replace(/\.$/, '');
  if (isPublicDomain(whole) || /^[\d.:]+$/.test(whole) || whole.includes('..')) return;
  let from = at;
  const labels = whole.split('.');
  labels.forEach((label, index) => {
    const isLast = labels.length > 1 && index === labels.length - 1;
    if (!isLast && !isNoName(label) && !/^\d+$/.test(label))
      place.found('host', from, label.length, reachOfName(label));
    from += label.length + 1;
  });
}

const userName = '[A-Za-z_][A-Za-z0-9._-]{0,31}';
const hostName = '[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,251}[A-Za-z0-9])?';
const hostAtStart = new RegExp(`^${hostName}`);
/** What stands between a name and its value, quotes of any depth too. */
const assigned = '(?:\\\\*["\'])?[ .\\t]{0,40}(?:=>|[:=])[ \\t]{0,24}(?:\\\\*["\'])?';
const assignedHost = new RegExp(`^(?:[_-]?name)?${assigned}(${hostName})`);
const assignedUser = new RegExp(`^${assigned}(${userName})(?![A-Za-z0-9_(])`);
const nextUser = new RegExp(`^[ \\0](${userName})`);
const userInSentence = new RegExp(`^(?:invalid user )?(${userName})(?=[ @(:\\[]|$)`);

const homes: Trigger = {
  words: [
    '/home/',
    '/users/',
    '\\users\\',
    '\\\\users\\\\',
    '/crontabs/',
    '/var/mail/',
    '/var/spool/mail/',
    '%2fhome%2f',
  ],
  look: (place) => {
    const name = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,31}/.exec(place.after(33))?.[0];
    if (name !== undefined) tellUser(place, 0, name.replace(/\.$/, ''));
  },
};

/** Units of systemd, versions of packages and file names also stand behind an @. */
const noHost =
  /\.(?:service|socket|slice|timer|mount|target|device|scope|path|swap|automount|js|ts|mjs|json|git|conf)$/i;

const at: Trigger = {
  words: ['@', '%40'],
  look: (place) => {
    const user = /[A-Za-z0-9_][A-Za-z0-9._+-]{0,63}$/.exec(place.before(64))?.[0];
    if (user === undefined) return;
    const host = hostAtStart.exec(place.after(253))?.[0];
    if (host === undefined || noHost.test(host)) return;
    const isRealm = /^(?:pam|pve|pmg)$/.test(host);
    const isDomain = /\.[A-Za-z]{2,24}$/.test(host);
    const isAddress = /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host);
    const behind = place.after(260).slice(host.length);
    const isPrompt = /^:(?:[~/$#\s]|$)/.test(behind) || /^[ ]?[~$#%][ ]?/.test(behind);
    // The comment of a public key.
    const isKey = /[A-Za-z0-9+/]{30}={0,2} $/.test(place.before(128).slice(0, -user.length));
    const isSsh = /\b(?:ssh|scp|rsync|sftp|mosh|sshfs|autossh|sshd:?)\b[^\n]{0,50}$/.test(place.before(64));
    if (!isRealm && !isDomain && !isAddress && !isPrompt && !isSsh && !isKey) return;
    tellUser(place, place.start - place.end - user.length, user);
    if (!isRealm && !isAddress) tellHost(place, 0, host);
  },
};

/** `scheme://user:password@host`. */
const urls: Trigger = {
  words: ['://', '%3a%2f%2f', ':\\/\\/'],
  look: (place) => {
    const text = /^[^\s/?#"'<>\\\0]{1,512}/.exec(place.after(512))?.[0] ?? '';
    const split = text.lastIndexOf('@');
    const person = text.slice(0, Math.max(0, split));
    const colon = person.indexOf(':');
    if (split > 0) tellUser(place, 0, colon < 0 ? person : person.slice(0, colon));
    if (colon >= 0 && split > colon + 1) {
      const length = split - colon - 1;
      place.found('secret', colon + 1, length, length >= 6 ? 'anywhere' : 'place');
    }
    // A token alone, as hosts of repositories take it.
    else if (split >= 20) place.found('secret', 0, split, 'anywhere');
    const host = hostAtStart.exec(text.slice(split + 1))?.[0];
    if (host !== undefined) tellHost(place, split + 1, host);
  },
};

const hostKeys: Trigger = {
  needsValue: true,
  words: [
    ...['hostname', 'nodename', 'node', 'host', 'fqdn', 'server', 'computername', 'machine', 'peer', 'searchdomain'],
    ...['host name', 'computer name', 'domain', 'realm', 'workgroup', 'sysname', 'ssid', 'cn', 'netbios name'],
  ],
  look: (place) => {
    if (/[A-Za-z0-9]$/.test(place.before(1))) return;
    const match = assignedHost.exec(place.after(340));
    const name = match?.[1];
    if (match === null || name === undefined || /^[\d.]+$/.test(name) || noHost.test(name)) return;
    const follows = place.after(342)[match[0].length] ?? ' ';
    // `host:` in a sentence is followed by words, and what has a slash behind it is a path.
    if (follows === '/' || follows === '(') return;
    tellHost(place, match[0].length - name.length, name);
  },
};

const userKeys: Trigger = {
  needsValue: true,
  words: ['user', 'username', 'login', 'logname', 'ruser', 'owner', 'account', 'sudo_user', 'user_name', 'user name'],
  look: (place) => {
    if (/[A-Za-z0-9]$/.test(place.before(1))) return;
    const after = place.after(96);
    const before = place.before(16);
    const match =
      assignedUser.exec(after) ??
      (/(?:^|[\s\0])-{1,2}$/.test(before) || /\b(?:for|by|invalid) (?:invalid )?$/.test(before)
        ? nextUser.exec(after)
        : null);
    const name = match?.[1];
    if (match !== null && name !== undefined) tellUser(place, match[0].length - name.length, name.replace(/\.$/, ''));
  },
};

/** What sshd, su, sudo and PAM say. */
const sentences: Trigger = {
  words: [
    ...['publickey for ', 'password for ', 'keyboard-interactive/pam for ', 'invalid user ', 'authenticating user '],
    ...['session opened for user ', 'session closed for user ', 'disconnected from user ', 'sshd: ', 'sudo: ', ' su: '],
    ...['sudo -u ', 'su - ', 'su -l ', 'runuser -u ', 'runuser -l ', 'crontab -u ', 'chown '],
  ],
  look: (place) => {
    const match = userInSentence.exec(place.after(64));
    const name = match?.[1];
    if (match !== null && name !== undefined) tellUser(place, match[0].length - name.length, name);
  },
};

/** What cron says: `(alice) CMD (…)`. */
const cron: Trigger = {
  words: [') cmd (', ') reload (', ') list ('],
  look: (place) => {
    const name = /\(([A-Za-z_][\w.-]{0,31})$/.exec(place.before(34))?.[1];
    if (name !== undefined) tellUser(place, place.start - place.end - name.length, name);
  },
};

/** A host before a path, as mounts over the network have it: `nas01:/export`, `//nas01/share`. */
const exported: Trigger = {
  words: [':/', '//'],
  look: (place) => {
    const before = place.before(65);
    if (place.word === '//') {
      const name = /(?:^|[\s"'=])$/.test(before) ? /^([A-Za-z][\w.-]{1,62})\/\w/.exec(place.after(80))?.[1] : undefined;
      if (name !== undefined) tellHost(place, 0, name);
      return;
    }
    const name = /(?:^|[\s"'])([A-Za-z][A-Za-z0-9.-]{1,62})$/.exec(before)?.[1];
    if (name === undefined || !/^[\w.]/.test(place.after(1))) return;
    tellHost(place, place.start - place.end - name.length, name);
  },
};

/** `uid=1000(alice) gid=1000(alice) groups=1000(alice),27(sudo)`. */
const ids: Trigger = {
  words: ['uid=', 'gid=', 'groups='],
  look: (place) => {
    const after = /^[\d(),A-Za-z0-9._-]+/.exec(place.after(1024))?.[0] ?? '';
    for (const match of after.matchAll(/\d+\(([A-Za-z_][\w.-]{0,31})\)/g)) {
      const name = match[1] as string;
      tellUser(place, match.index + match[0].length - 1 - name.length, name);
    }
  },
};

/** A line of `/etc/passwd` around the field of the password: the account, who that is, and where. */
const passwd: Trigger = {
  words: [':x:', ':*:', ':!:', ':!!:'],
  look: (place) => {
    const name = /(?:^|[\n"'\s])([A-Za-z_][A-Za-z0-9._-]{0,31})$/.exec(place.before(33))?.[1];
    const rest = /^(\d{1,10}):(\d{0,10}):?([^:\n]{0,128})/.exec(place.after(160));
    if (name === undefined || rest === null) return;
    const [, uid = '', gid = '', person = ''] = rest;
    tellUser(place, place.start - place.end - name.length, name);
    if (Number(uid) < 1000) return;
    let from = uid.length + gid.length + 2;
    for (const part of person.split(/([ ,]+)/)) {
      const isName = /^[A-Za-z\x80-\xff][\w.'\x80-\xff-]{2,}$/.test(part) && !isNoName(fold(part));
      if (isName) place.found('person', from, part.length, reachOfName(part));
      from += part.length;
    }
  },
};

export const nameTriggers: readonly Trigger[] = [
  homes,
  at,
  urls,
  hostKeys,
  userKeys,
  sentences,
  cron,
  exported,
  ids,
  passwd,
];
