import type { ParsedKey, SignCallback, SigningRequestOptions } from 'ssh2';
import ssh2 from 'ssh2';
import type { KeyFile } from './key-file.ts';

/** One key to offer: who can sign with it. */
export interface Identity {
  readonly publicKey: ParsedKey;
  readonly from: 'agent' | KeyFile;
}

export interface Signers {
  /** The ssh-agent, when there is one. */
  readonly agent: {
    sign(key: ParsedKey, data: Buffer, options: SigningRequestOptions, done: SignCallback): unknown;
  } | null;
  /** The private key; asks for a passphrase where one is needed. Null: it was not given, or was wrong. */
  unlock(file: KeyFile): Promise<ParsedKey | null>;
}

/**
 * All keys as one agent: ssh2 asks an agent to sign only after the host has said that it would accept the public
 * key, so a passphrase is asked for only when it leads somewhere.
 */
export class Keyring extends ssh2.BaseAgent<ParsedKey> {
  readonly #identities: readonly Identity[];
  readonly #signers: Signers;

  constructor(identities: readonly Identity[], signers: Signers) {
    super();
    this.#identities = identities;
    this.#signers = signers;
  }

  override getIdentities(done: (error?: Error | null, keys?: ParsedKey[]) => void): void {
    done(
      null,
      this.#identities.map((identity) => identity.publicKey),
    );
  }

  override sign(key: ParsedKey, data: Buffer, options: SigningRequestOptions | SignCallback, callback?: SignCallback) {
    const done = typeof options === 'function' ? options : (callback ?? (() => {}));
    const how = typeof options === 'function' ? {} : options;
    const identity = this.#identities.find((one) => one.publicKey === key);
    if (identity?.from === 'agent' && this.#signers.agent) {
      this.#signers.agent.sign(key, data, how, done);
    } else if (identity && identity.from !== 'agent') {
      this.#signers.unlock(identity.from).then(
        (secret) => done(...signature(secret, data, how)),
        (error: Error) => done(error),
      );
    } else {
      done(new Error('No such key'));
    }
  }
}

function signature(key: ParsedKey | null, data: Buffer, options: SigningRequestOptions): [Error | null, Buffer?] {
  if (key === null) return [new Error('The key stays locked')];
  const signed: Buffer | Error = key.sign(data, options.hash);
  return signed instanceof Error ? [signed] : [null, signed];
}

/**
 * The order in which ssh offers keys: the agent's that a target names, the agent's others, and then the files whose
 * keys the agent does not have. A public file names a key of the agent, and is no key itself. `namedOnly`: as
 * `IdentitiesOnly`, without the agent's others.
 */
export function orderIdentities(
  agentKeys: readonly ParsedKey[],
  files: readonly KeyFile[],
  namedOnly = false,
): Identity[] {
  const same = (one: ParsedKey | null, other: ParsedKey) => one?.getPublicSSH().equals(other.getPublicSSH()) ?? false;
  const named = agentKeys.filter((key) => files.some((file) => same(file.publicKey, key)));
  const others = namedOnly ? [] : agentKeys.filter((key) => !named.includes(key));
  const alone = files.flatMap((file) => {
    const publicKey = file.publicKey;
    if (publicKey === null || file.content === null || named.some((key) => same(publicKey, key))) return [];
    return [{ publicKey, from: file }];
  });
  return [...[...named, ...others].map((publicKey) => ({ publicKey, from: 'agent' as const })), ...alone];
}
