import { isPublicKey } from './public-key.ts';

/** One line that tells of a key. */
export interface KnownHost {
  /** Where it stands. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Null for an ordinary key. */
  readonly marker: 'cert-authority' | 'revoked' | null;
  /** The names as they stand there: patterns with commas between them, or one hash. */
  readonly names: string;
  readonly keyType: string;
  /** The public key in base64. */
  readonly key: string;
}

/** A line that cannot be read, which tells of no key. */
export interface BrokenLine {
  readonly file: string;
  readonly line: number;
  /** The rest of a sentence: `has no key`. */
  readonly problem: string;
}

export interface KnownHosts {
  readonly entries: KnownHost[];
  /** The first of them only. */
  readonly broken: BrokenLine[];
}

const maxBroken = 100;

/**
 * The lines of a known_hosts file, https://man.openbsd.org/sshd#SSH_KNOWN_HOSTS_FILE_FORMAT, read as OpenSSH 9.2 reads
 * them, mistakes included: a line that it skips is skipped here, so that both say the same about a host.
 */
export function parseKnownHosts(text: string, file: string): KnownHosts {
  const entries: KnownHost[] = [];
  const broken: BrokenLine[] = [];
  let line = 0;
  for (const raw of text.split('\n')) {
    line += 1;
    // For a program in C, a line ends at its first zero byte.
    const read = parseLine(raw.split('\0', 1)[0]?.replace(/^[ \t]+/, '') ?? '');
    if (read === null) continue;
    if (typeof read !== 'string') entries.push({ file, line, ...read });
    else if (broken.length < maxBroken) broken.push({ file, line, problem: read });
  }
  return { entries, broken };
}

/** Null for a line that is nothing; text says what is wrong with it. */
function parseLine(line: string): Omit<KnownHost, 'file' | 'line'> | string | null {
  if (line === '' || line === '\r' || line.startsWith('#')) return null;
  const marked = takeMarker(line);
  if (marked === null) return 'begins with a marker that does not exist';
  const [names, afterNames] = takeWord(marked.rest);
  const [keyType, afterType] = takeWord(afterNames);
  if (keyType === '' || keyType.startsWith('#')) return 'has no key';
  // Of the white space in a base64 text, only this can be left: the line was split at the rest.
  const key = takeWord(afterType)[0].replaceAll(/[\r\v\f]/g, '');
  if (/^\d+$/.test(keyType)) return 'has a key of the old protocol';
  if (key === '') return 'has no key';
  if (!isPublicKey({ keyType, key })) return 'has a key that cannot be read';
  return { marker: marked.marker, names, keyType, key };
}

function takeMarker(line: string): { marker: KnownHost['marker']; rest: string } | null {
  if (!line.startsWith('@')) return { marker: null, rest: line };
  // ssh looks for a space first and for a tab only when there is none, so a tab here and a space later is an error.
  const space = line.indexOf(' ');
  const end = space >= 0 ? space : line.indexOf('\t');
  const marker = (['cert-authority', 'revoked'] as const).find((known) => end >= 0 && line.slice(1, end) === known);
  const rest = line.slice(end).replace(/^[ \t]+/, '');
  return marker === undefined || rest.startsWith('@') ? null : { marker, rest };
}

function takeWord(text: string): [word: string, rest: string] {
  const end = text.search(/[ \t]/);
  return end < 0 ? [text, ''] : [text.slice(0, end), text.slice(end).replace(/^[ \t]+/, '')];
}
