import { FaultError } from '../../contract/faults.ts';
import type { Answer } from '../../contract/hosts.ts';
import type { QuestionDraft } from '../../domain/collect/transport.ts';
import { judgeHostKey, knownKeyTypes } from '../../domain/policy/host-key-verdict.ts';
import { type KnownHost, knownHostName } from '../../domain/policy/known-hosts.ts';
import { shellQuote } from '../../domain/policy/shell-quote.ts';
import type { SshSettings } from '../../domain/ssh/settings.ts';
import { hostKeyTypes } from './algorithms.ts';
import { addKnownHost, fingerprint, hashName, readKnownHosts } from './known-hosts-files.ts';

export interface HostKeyCheck {
  /** Types of key known for the host, to be negotiated first; else a host with several keys would look unknown. */
  readonly knownTypes: string[];
  /** Resolves when the key is trusted; else throws `host_key_unknown` or `host_key_changed`. */
  verify(key: Buffer, ask: (question: QuestionDraft) => Promise<Answer>): Promise<void>;
}

/** The files that the configuration names are read only; a key that the technician trusted goes to Rackside's `own`. */
export async function prepareHostKeyCheck(hop: SshSettings, own: string): Promise<HostKeyCheck> {
  const files = [...hop.userKnownHostsFiles, ...hop.globalKnownHostsFiles, own];
  const entries = (await readKnownHosts(files)).filter(
    (entry) => entry.marker !== null || hostKeyTypes.includes(entry.keyType),
  );
  const host = { address: hop.hostKeyAlias ?? hop.hostName, port: hop.hostKeyAlias === null ? hop.port : 22 };
  const name = knownHostName(host.address, host.port);
  return {
    knownTypes: knownKeyTypes(entries, host, hashName),
    async verify(blob, ask) {
      const offered = { keyType: typeOf(blob), key: blob.toString('base64') };
      const judged = judgeHostKey(entries, host, offered, hashName);
      if (judged.verdict === 'known') return;
      if (judged.verdict === 'changed') throw changed(name, offered, judged.entry);
      if (judged.verdict === 'revoked') throw revoked(name, offered, judged.entry);
      const question = {
        kind: 'host_key',
        keyType: offered.keyType,
        fingerprint: fingerprint(offered.key),
        name,
      } as const;
      const answer = await ask(question);
      if (answer.kind !== 'host_key' || !answer.trust) throw declined(name, question.fingerprint);
      try {
        addKnownHost(own, { name, ...offered });
      } catch (error) {
        throw unkept(own, error as NodeJS.ErrnoException);
      }
    },
  };
}

/** A public key begins with its type, as a string with its length before it. */
function typeOf(blob: Buffer): string {
  const length = blob.length >= 4 ? blob.readUInt32BE(0) : 0;
  return blob.toString('latin1', 4, 4 + Math.min(length, 64));
}

function declined(name: string, offered: string): FaultError {
  return new FaultError(
    'host_key_unknown',
    'host key',
    `The key of ${name} (${offered}) was not trusted, so nothing was sent.`,
  );
}

function unkept(file: string, cause: NodeJS.ErrnoException): FaultError {
  const message = `The key was trusted, but could not be kept in ${file} (${cause.code}): make room there, or mend its permissions.`;
  return new FaultError('not_permitted', 'host key', message, { cause });
}

function changed(name: string, offered: { keyType: string; key: string }, entry: KnownHost): FaultError {
  const remove = `ssh-keygen -R ${shellQuote(name)} -f ${shellQuote(entry.file)}`;
  return new FaultError(
    'host_key_changed',
    'host key',
    `The key of ${name} has changed: ${entry.file} line ${entry.line} has ${entry.keyType} ${fingerprint(entry.key)}, ` +
      `the host shows ${offered.keyType} ${fingerprint(offered.key)}. Somebody may be in between; ` +
      `if the host was set up anew, run: ${remove}`,
  );
}

function revoked(name: string, offered: { keyType: string; key: string }, entry: KnownHost): FaultError {
  return new FaultError(
    'host_key_changed',
    'host key',
    `The key of ${name} is revoked: ${entry.file} line ${entry.line} says that ${offered.keyType} ` +
      `${fingerprint(offered.key)} must not be trusted any more.`,
  );
}
