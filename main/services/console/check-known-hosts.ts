import { homedir } from 'node:os';
import { join } from 'node:path';
import { FaultError } from '../../contract/faults.ts';
import { parseCertificate } from '../../domain/ssh/known-hosts/certificate.ts';
import type { BrokenLine } from '../../domain/ssh/known-hosts/parse-known-hosts.ts';
import { isPublicKey } from '../../domain/ssh/known-hosts/public-key.ts';
import { judgeHostKey, linesAbout } from '../../domain/ssh/known-hosts/verdict.ts';
import { keyOwner, knownHostsFilesOf } from '../ssh/host-key.ts';
import { fingerprint, hashName, readKnownHosts } from '../ssh/known-hosts-files.ts';
import { verifyCertificate } from '../ssh/verify-certificate.ts';
import { createSshConfig } from '../ssh-config/ssh-config.ts';

export interface KnownHostsQuestion {
  readonly address: string;
  /** Null: as the ssh configuration says where no files are named, else 22. */
  readonly port: number | null;
  /** What the host shows: a key or a certificate, in base64. */
  readonly keyType: string;
  readonly key: string;
  /** In the order in which they are searched; null: those that ssh would search for that host, and Rackside's own. */
  readonly files: readonly string[] | null;
  readonly dataFolder: string;
}

export interface KnownHostsAnswer {
  readonly verdict: 'known' | 'unknown' | 'changed' | 'revoked' | 'ca';
  /** The line that decided; null for `unknown`. */
  readonly file: string | null;
  readonly line: number | null;
  /** `SHA256:…` of the key on that line; null for `unknown`. */
  readonly known: string | null;
  /** The same of the key that was asked about. */
  readonly offered: string;
  /** Why a certificate does not vouch for the host; null where it does, or there is none. */
  readonly reason: string | null;
  /** Lines that cannot be read, the first of them. */
  readonly broken: readonly BrokenLine[];
}

/** What known_hosts files say about a key that a host shows. Throws `bad_input` for a key that is none. */
export async function checkKnownHosts(question: KnownHostsQuestion): Promise<KnownHostsAnswer> {
  const { keyType, key } = question;
  const offered = { keyType, key };
  const certificate = parseCertificate(offered);
  if (certificate === null && !isPublicKey(offered)) {
    throw new FaultError('bad_input', 'key', `This is no public key of the type ${keyType}, as known_hosts has them.`);
  }
  const { files, ...host } = await whereToLook(question);
  const { entries, broken } = await readKnownHosts(files);
  const rules = { verify: verifyCertificate, now: Date.now() / 1000 };
  const judged = judgeHostKey(linesAbout(entries, host, hashName), offered, rules);
  const entry = judged.verdict === 'unknown' ? null : judged.entry;
  return {
    verdict: judged.verdict,
    file: entry?.file ?? null,
    line: entry?.line ?? null,
    known: entry === null ? null : fingerprint(entry.key),
    offered: fingerprint((certificate?.plain ?? offered).key),
    reason: judged.verdict === 'unknown' ? judged.reason : null,
    broken,
  };
}

interface Look {
  readonly address: string;
  readonly port: number;
  readonly files: readonly string[];
}

/** A host stands in known_hosts by what its configuration makes of it: `HostKeyAlias`, `HostName`, `Port`. */
async function whereToLook({ address, port, files, dataFolder }: KnownHostsQuestion): Promise<Look> {
  if (files !== null) return { address, port: port ?? 22, files };
  const config = createSshConfig({ home: homedir(), file: null, mayRunExec: false });
  const wanted = { host: address, port, user: null, identityFiles: [], agent: false, jump: null };
  const settings = await config.settingsOf(wanted);
  return { ...keyOwner(settings), files: [...knownHostsFilesOf(settings), join(dataFolder, 'known_hosts')] };
}
