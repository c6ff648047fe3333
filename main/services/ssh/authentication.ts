import type { AnyAuthMethod, AuthHandlerMiddleware, ParsedKey } from 'ssh2';
import { FaultError } from '../../contract/faults.ts';
import { hostWords } from '../../domain/present/host-words.ts';
import { BeyondSsh2 } from '../../domain/ssh/choose-transport.ts';
import type { SshSettings } from '../../domain/ssh/settings.ts';
import { type Ask, type AskedSecret, createAskedSecret } from './asked-secret.ts';
import { type KeyFile, nameOf, unlock } from './key-file.ts';
import { keyboardInteractive } from './keyboard-interactive.ts';
import { type Identity, Keyring, orderIdentities, type Signers } from './keyring.ts';
import type { SecretKeeper } from './secret-keeper.ts';

export interface Credentials {
  readonly agent: Signers['agent'];
  readonly agentKeys: readonly ParsedKey[];
  readonly files: readonly KeyFile[];
  /** Sentences about keys that could not be used. */
  readonly problems: readonly string[];
  /** Why the system's `ssh` may be let in where these are not; null where it would not. */
  beyond(): Promise<string | null>;
}

export interface Authentication {
  readonly handler: AuthHandlerMiddleware;
  /** What the host said that it goes on with; more than one is wanted where a first factor was right. */
  offer(methods: readonly string[]): void;
  /** The host let us in: what was asked for is kept for this session. */
  accept(): void;
  /** The fault when the host let nobody in, with what it said where it said something. */
  fault(said?: string): FaultError;
  /**
   * Whether the host was told something secret or somebody was asked for it. Then a failure is not tried again by
   * itself, whatever it looks like: it may be counted there, and lock the account or send another code.
   */
  wasTold(): boolean;
  /** It hung up instead of saying whether it was right. */
  hungUp(): void;
}

export interface AuthenticationNeeds {
  readonly credentials: Credentials;
  readonly keeper: SecretKeeper;
  /** What the password is kept as. */
  readonly passwordName: string;
  readonly ask: Ask;
  /** A password or an answer goes to the host now. */
  onSecret(): void;
  /** Once nothing is left to try. */
  fail(error: unknown): void;
}

/** One way in; the stages are tried in their order. */
export interface Stage {
  readonly method: 'publickey' | 'keyboard-interactive' | 'password';
  /** The next attempt of this stage; null when it has no more. */
  next(): Promise<AnyAuthMethod | null>;
}

/**
 * Tries what there is, in the order that the configuration prefers: by default keys of the agent, key files,
 * keyboard-interactive, password; only methods that the host offers, and a question only when nothing before it worked.
 */
export function createAuthentication(hop: SshSettings, needs: AuthenticationNeeds): Authentication {
  const { credentials, keeper, ask, fail } = needs;
  const username = hop.user;
  let told = false;
  const onSecret = () => {
    told = true;
    needs.onSecret();
  };
  const passphrases = new Map<KeyFile, AskedSecret>();
  const password = createAskedSecret(
    needs.passwordName,
    { secret: 'password', prompt: `Password of ${username} on ${hop.hostName}` },
    keeper,
    ask,
    hop.passwordPrompts,
  );
  const identities = orderIdentities(credentials.agentKeys, credentials.files, hop.identitiesOnly);
  let offered: readonly string[] | null = null;

  async function open(file: KeyFile): Promise<ParsedKey | null> {
    if (!file.encrypted) return keyOrNull(unlock(file, undefined));
    const question = { secret: 'passphrase', prompt: `Passphrase of the key ${file.path}` } as const;
    const secret = createAskedSecret(`passphrase ${file.path}`, question, keeper, ask);
    passphrases.set(file, secret);
    for (;;) {
      const passphrase = await secret.next();
      if (passphrase === null) return null;
      const key = keyOrNull(unlock(file, passphrase));
      if (key === null) continue;
      secret.accept();
      passphrases.delete(file);
      return key;
    }
  }

  const signers = { agent: credentials.agent, unlock: open };
  const stages: Stage[] = [
    inTurn(identities, (identity) => ({ type: 'agent', username, agent: new Keyring([identity], signers) })),
    // Their public half is encrypted too, so nothing can be learnt before the passphrase.
    ...credentials.files
      .filter((file) => file.publicKey === null)
      .map((file) =>
        once('publickey', async () => {
          const publicKey = await open(file);
          return (
            publicKey && {
              type: 'agent',
              username,
              agent: new Keyring([{ publicKey, from: file }], { ...signers, unlock: async () => publicKey }),
            }
          );
        }),
      ),
    keyboardInteractive({
      who: hop,
      ...{ password, ask, fail, onAnswer: onSecret },
      decline: () => fail(fault()),
    }),
    {
      method: 'password',
      async next() {
        const value = await password.next();
        if (value === null) return null;
        onSecret();
        return { type: 'password', username, password: value };
      },
    },
  ];
  const place = ({ method }: Stage) => hop.authentications.indexOf(method);
  const ordered = stages.filter((stage) => place(stage) >= 0).sort((a, b) => place(a) - place(b));
  const spent = new Set<Stage>();
  let beyond: Promise<string | null> | null = null;

  async function nextAttempt(methods: readonly string[]): Promise<AnyAuthMethod> {
    for (const stage of ordered) {
      if (spent.has(stage) || !methods.includes(stage.method)) continue;
      if (stage.method !== 'publickey') await refuseToAsk(methods);
      const attempt = await stage.next();
      if (attempt !== null) return attempt;
      spent.add(stage);
    }
    await refuseToAsk(methods);
    throw fault();
  }

  /** Nobody is asked for a password while there is a key left that the system's `ssh` could use. */
  async function refuseToAsk(methods: readonly string[]): Promise<void> {
    if (!methods.includes('publickey')) return;
    beyond ??= credentials.beyond();
    const reason = await beyond;
    const { fault: told } = fault();
    if (reason !== null) throw new BeyondSsh2(told.step, told.message, reason, { code: told.code });
  }

  function fault(said?: string): FaultError {
    const fromAgent = identities.filter((identity) => identity.from === 'agent').length;
    const tried = [
      ...(fromAgent > 0 ? [`${fromAgent} ${fromAgent === 1 ? 'key' : 'keys'} of the ssh-agent`] : []),
      ...credentials.files.filter((file) => file.content !== null).map((file) => `the key ${nameOf(file)}`),
      ...(password.outcome() === 'wrong' ? ['a password'] : []),
    ];
    const notes = [
      ...[...passphrases].map(([file, secret]) => `The passphrase of ${file.path} was ${secret.outcome()}.`),
      ...(password.outcome() === 'not given' ? ['No password was given.'] : []),
      ...credentials.problems.map((problem) => `${problem}.`),
      ...(said ? [`The host said ${hostWords(said)}.`] : []),
    ];
    return new FaultError(
      'auth_failed',
      'authentication',
      [
        `${hop.hostName} does not let ${username} in with ${tried.length > 0 ? tried.join(', ') : 'what there is'};`,
        `it accepts: ${offered?.length ? hostWords(offered.join(', ')).slice(1, -1) : 'nothing'}.`,
        ...notes,
      ].join(' '),
    );
  }

  return {
    handler(_methodsLeft, _partial, next) {
      // The first call comes before the host said anything: `none` makes it tell what it offers.
      if (offered === null) return next({ type: 'none', username });
      nextAttempt(offered).then(next, fail);
    },
    offer(methods) {
      offered = methods;
    },
    accept() {
      password.accept();
    },
    fault,
    wasTold: () => told,
    hungUp: password.forget,
  };
}

/**
 * Each key as an agent of its own: ssh2 would go on with the next key of an agent even where the first one was right,
 * and a second factor is what the host wants next.
 */
function inTurn(identities: readonly Identity[], attempt: (identity: Identity) => AnyAuthMethod): Stage {
  const left = [...identities];
  return {
    method: 'publickey',
    async next() {
      const identity = left.shift();
      return identity === undefined ? null : attempt(identity);
    },
  };
}

function once(method: Stage['method'], attempt: () => Promise<AnyAuthMethod | null>): Stage {
  let done = false;
  return {
    method,
    async next() {
      if (done) return null;
      done = true;
      return attempt();
    },
  };
}

function keyOrNull(key: ParsedKey | Error): ParsedKey | null {
  return key instanceof Error ? null : key;
}
