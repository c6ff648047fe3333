import type { Answer } from '../../contract/hosts.ts';
import type { QuestionDraft } from '../../domain/collect/transport.ts';
import { rotated, withKeys } from '../../domain/ssh/known-hosts/edit-known-hosts.ts';
import type { KnownHost } from '../../domain/ssh/known-hosts/parse-known-hosts.ts';
import type { PublicKey } from '../../domain/ssh/known-hosts/public-key.ts';
import {
  type HostLines,
  judgeHostKey,
  knownKeyTypes,
  linesAbout,
  vouchingAuthority,
} from '../../domain/ssh/known-hosts/verdict.ts';
import type { SshSettings } from '../../domain/ssh/settings.ts';
import { hostKeyTypes } from './algorithms.ts';
import { changed, declined, revoked, strange, unkept, vouched } from './host-key-fault.ts';
import { fingerprint, hashedName, hashName, readKnownHosts } from './known-hosts-files.ts';
import { revokedLine } from './revoked-host-keys.ts';
import { rewriteFile } from './rewrite-file.ts';
import { verifyCertificate } from './verify-certificate.ts';

/** Where keys go that were trusted: Rackside's own file, or the technician's, where they chose that. */
export interface KeepingKeys {
  readonly own: string;
  readonly keepIn: 'own' | 'user';
}

export interface HostKeyCheck {
  /** Types of key known for the host, to be negotiated first; else a host with several keys would look unknown. */
  readonly knownTypes: string[];
  /** Once. Resolves when the connection may go on; else throws `host_key_unknown` or `host_key_changed`. */
  verify(key: Buffer, ask: (question: QuestionDraft) => Promise<Answer>): Promise<HostKeyTrust>;
  /** The host has proved to have these keys. */
  learn(keys: readonly Buffer[]): void;
}

export interface HostKeyTrust {
  /** False: nobody vouches for the key, so no password may be sent; a key signs for this connection only. */
  readonly secrets: boolean;
  /** What has to be shown for as long as the connection lives; null where all is well. */
  readonly note: string | null;
}

const trusted: HostKeyTrust = { secrets: true, note: null };
/** A key that is on every machine of an image is no news beyond a few of them. */
const maxOtherNames = 5;

/** Reads what the files of the configuration and Rackside's own say about a host; throws `BeyondSsh2` where that needs ssh. */
export async function prepareHostKeyCheck(hop: SshSettings, keeping: KeepingKeys): Promise<HostKeyCheck> {
  const files = [...new Set([...knownHostsFilesOf(hop), keeping.own])];
  /** Until the key is judged: what is live must not keep what the files were when it began. */
  let found = await readKnownHosts(files);
  const usable = found.entries.filter(({ marker, keyType }) => marker !== null || hostKeyTypes.includes(keyType));
  const about = withOwnText(linesAbout(usable, keyOwner(hop), hashName));
  const { name } = about;
  const knownTypes = knownKeyTypes(about);
  const checked = hop.strictHostKeyChecking !== 'off';
  const authority = vouchingAuthority(about);
  if (checked && authority !== undefined && knownTypes.length === 0) throw vouched(name, authority);
  const file = fileToKeepIn(hop, keeping);
  const written = hop.hashKnownHosts && file !== keeping.own ? hashedName(name) : name;
  const inFile: PublicKey[] = about.lines.filter((line) => line.marker === null && line.file === file);
  let shown: PublicKey | null = null;

  function keep(key: PublicKey): void {
    try {
      rewriteFile(file, (text) => withKeys(text, written, [key]));
      inFile.push(key);
    } catch (error) {
      throw unkept(file, error as NodeJS.ErrnoException);
    }
  }

  return {
    knownTypes,
    async verify(blob, ask) {
      const read = found;
      found = { entries: [], broken: [] };
      const offered = publicKey(blob);
      shown = offered;
      const line = hop.revokedHostKeys === null ? null : await revokedLine(hop.revokedHostKeys, offered);
      if (line !== null) throw revoked(name, offered, { file: hop.revokedHostKeys ?? '', line });
      // ssh2 is never shown a certificate: the clock does not matter here.
      const judged = judgeHostKey(about, offered, { verify: verifyCertificate, now: 0 });
      if (judged.verdict === 'revoked') throw revoked(name, offered, judged.entry);
      if (judged.verdict !== 'unknown' && judged.verdict !== 'changed') return trusted;
      // To ssh, the same host shows a certificate, and that counts more than other keys.
      if (checked && authority !== undefined) throw vouched(name, authority);
      if (judged.verdict === 'changed') {
        if (checked) throw changed(name, offered, judged, read);
        const { file: known, line: at } = judged.entry;
        return { secrets: false, note: `its key has changed (${known} line ${at}), and StrictHostKeyChecking is off` };
      }
      if (!checked) return { secrets: true, note: 'its key is unknown, and StrictHostKeyChecking is off' };
      if (hop.strictHostKeyChecking === 'yes') throw strange(name, offered, files, read);
      if (hop.strictHostKeyChecking === 'ask') {
        const answer = await ask(questionAbout(about, offered, read.entries));
        if (answer.kind !== 'host_key' || !answer.trust) throw declined(name, offered);
      }
      keep(offered);
      return trusted;
    },
    learn(keys) {
      if (!hop.updateHostKeys || shown === null) return;
      const isRevoked = ({ key }: PublicKey) => about.lines.some((line) => line.marker !== null && line.key === key);
      const proved = keys.map(publicKey).filter((key) => !isRevoked(key));
      const has = (list: readonly PublicKey[], one: PublicKey) => list.some(({ key }) => key === one.key);
      if (!has(inFile, shown)) return;
      if (proved.every((one) => has(inFile, one)) && inFile.every((one) => has(proved, one))) return;
      const rotation = { name, shown, proved, types: hostKeyTypes, written };
      try {
        rewriteFile(file, (text) => rotated(text, rotation, hashName));
      } catch {
        // The connection is good all the same, and the next one learns it.
      }
    },
  };
}

/** The same lines with text of their own: text that was cut out of a file keeps all of the file in memory. */
function withOwnText(about: HostLines): HostLines {
  const own = (text: string) => Buffer.from(text, 'latin1').toString('latin1');
  const ownLine = (line: KnownHost) => ({
    ...line,
    ...{ names: own(line.names), keyType: own(line.keyType), key: own(line.key) },
  });
  return { ...about, lines: about.lines.map(ownLine), bareLines: about.bareLines.map(ownLine) };
}

/** Whose key known_hosts has to know; an alias stands there without a port. */
export function keyOwner({ hostKeyAlias, hostName, port }: SshSettings): { address: string; port: number } {
  return hostKeyAlias === null ? { address: hostName, port } : { address: hostKeyAlias, port: 22 };
}

/** The files that ssh reads, in its order. */
export function knownHostsFilesOf({ userKnownHostsFiles, globalKnownHostsFiles }: SshSettings): string[] {
  return [...userKnownHostsFiles, ...globalKnownHostsFiles];
}

/** The first of the technician's files that can hold something, where they want that. */
function fileToKeepIn(hop: SshSettings, { own, keepIn }: KeepingKeys): string {
  const named = hop.userKnownHostsFiles.filter((file) => file !== '/dev/null' && file !== 'none');
  return keepIn === 'user' ? (named[0] ?? own) : own;
}

function questionAbout({ name }: HostLines, offered: PublicKey, entries: readonly KnownHost[]): QuestionDraft {
  const same = entries.filter(({ marker, key }) => marker === null && key === offered.key);
  const knownAs = same.slice(0, maxOtherNames).map(({ names, file, line }) => ({
    name: names.startsWith('|') ? null : names.slice(0, 200),
    ...{ file, line },
  }));
  const { keyType, key } = offered;
  return { kind: 'host_key', keyType, fingerprint: fingerprint(key), name, ...(knownAs.length > 0 ? { knownAs } : {}) };
}

/** A public key begins with its type, as a string with its length before it. */
function publicKey(blob: Buffer): PublicKey {
  const length = blob.length >= 4 ? blob.readUInt32BE(0) : 0;
  return { keyType: blob.toString('latin1', 4, 4 + Math.min(length, 64)), key: blob.toString('base64') };
}
