import { setImmediate as afterWhatCame } from 'node:timers/promises';
import { FaultError } from '../../contract/faults.ts';
import type { Answer } from '../../contract/hosts.ts';
import type { ConnectPrompts, QuestionDraft } from '../../domain/collect/transport.ts';
import { type AskpassPrompt, readAskpassPrompt } from '../../domain/ssh/askpass-prompt.ts';
import type { OpensshLog } from '../../domain/ssh/openssh-log.ts';
import type { SshRoute } from '../../domain/ssh/route.ts';
import type { SshSettings } from '../../domain/ssh/settings.ts';
import type { Asked } from './askpass.ts';

/** One passphrase or password: kept from before, or asked for; asked again, the one before was wrong. */
export interface AskedSecret {
  next(): Promise<string | null>;
  accept(): void;
}

export type AskSecret = (
  what: string,
  question: { secret: 'passphrase' | 'password'; prompt: string },
  ask: (question: QuestionDraft) => Promise<Answer>,
) => AskedSecret;

export interface AskerNeeds {
  readonly askSecret: AskSecret;
  /** What a user's password is kept as, on a host that is reached through those before it. */
  passwordName(settings: SshSettings, before: readonly SshSettings[]): string;
  /** A secret that is kept is not to be used again. */
  forgetSecret(what: string): void;
}

export interface Asker {
  answer(asked: Asked, signal: AbortSignal): Promise<string | null>;
  /** ssh is signed in: what was asked for was right, and is kept for this session. */
  accept(): void;
  /** The sign-in at that hop failed (null: at the host itself): what was used there is not used again by itself. */
  refuse(hop: string | null): void;
  /** Whether something was asked for the sign-in at that hop: then none is tried again without the technician. */
  wasAsked(hop: string | null): boolean;
  /** Whether the technician is asked just now, so that no deadline runs. */
  asking(): boolean;
  /** Resolves when a host should be asked nothing more: it got no answer, or wants one for ever. */
  readonly over: Promise<FaultError>;
}

interface Asking {
  readonly log: Pick<OpensshLog, 'hop' | 'interactive'>;
  /** 902 for OpenSSH 9.2; 0 for one that is not known. */
  readonly version: number;
  readonly prompts: ConnectPrompts;
}

const maxPrompt = 1000;
/** Of a host, with passwords and codes that were wrong. */
const maxRounds = 8;
/** Since then ssh says, before the words of a host, whose they are: `(user@host) `. */
const namesWhoAsks = 805;

/** Puts what `ssh` asks to the technician, each kind in its own form; an answer that is kept is not asked for again. */
export function createAsker(route: SshRoute, { log, version, prompts }: Asking, needs: AskerNeeds): Asker {
  const secrets = new Map<string, { readonly asked: AskedSecret; readonly hop: string | null }>();
  const askedAt = new Set<string | null>();
  const rounds = new Map<string | null, number>();
  const over = Promise.withResolvers<FaultError>();
  let open = 0;

  async function ask(question: QuestionDraft, signal: AbortSignal): Promise<Answer> {
    open++;
    try {
      return await prompts.ask(question, signal);
    } finally {
      open--;
    }
  }

  /** Where ssh is, as the route has it; the way of a `Match exec` may lead over others. */
  function current(): SshSettings | undefined {
    const name = log.hop();
    return name === null ? route.hops.at(-1) : route.hops.find(({ alias }) => alias === name);
  }

  function giveUp(message: string): null {
    const hop = log.hop();
    const fault = hop === null ? {} : { hop };
    over.resolve(new FaultError('auth_failed', 'authentication', message, fault));
    return null;
  }

  /** A question that comes from the host: it is asked only so often, and not after one that got no answer. */
  async function fromHost(answer: () => Promise<string | null>): Promise<string | null> {
    const hop = log.hop();
    const count = (rounds.get(hop) ?? 0) + 1;
    rounds.set(hop, count);
    const name = hop ?? route.hops.at(-1)?.alias;
    if (count > maxRounds)
      return giveUp(`${name} asked ${maxRounds} times, and would ask again: the sign-in was ended.`);
    const value = await answer();
    return value ?? giveUp(`${name} asked, and was given no answer: the sign-in was ended.`);
  }

  function secret(what: string, question: { secret: 'passphrase' | 'password'; prompt: string }, signal: AbortSignal) {
    const kept = secrets.get(what) ?? {
      asked: needs.askSecret(what, question, (draft) => ask(draft, signal)),
      hop: log.hop(),
    };
    secrets.set(what, kept);
    return kept.asked.next();
  }

  function password(hop: SshSettings, signal: AbortSignal): Promise<string | null> {
    const prompt = `Password of ${hop.user} on ${hop.hostName}`;
    const before = route.hops.slice(0, route.hops.indexOf(hop));
    return secret(needs.passwordName(hop, before), { secret: 'password', prompt }, signal);
  }

  async function words(from: string, text: string, echo: boolean, signal: AbortSignal): Promise<string | null> {
    const prompt = { text: text.slice(0, maxPrompt), echo };
    const answer = await ask({ kind: 'prompts', from, instruction: '', prompts: [prompt] }, signal);
    return answer.kind === 'prompts' ? (answer.values?.[0] ?? null) : null;
  }

  function read({ text, hint }: Asked): AskpassPrompt {
    // An older ssh does not tell a host's words from its own: then nothing that is kept may answer them.
    if (version < namesWhoAsks && log.interactive()) return { kind: 'prompt', from: null, text };
    return readAskpassPrompt(text, hint);
  }

  return {
    async answer(asked, signal) {
      // What ssh has said before it asked comes by another pipe, and says which host it is.
      await afterWhatCame();
      const prompt = read(asked);
      if (prompt.kind !== 'host_key' && prompt.kind !== 'touch') askedAt.add(log.hop());
      const hop = current();
      const here = hop === undefined ? (log.hop() ?? 'ssh') : `${hop.user}@${hop.hostName}`;
      switch (prompt.kind) {
        case 'passphrase': {
          const question = { secret: 'passphrase', prompt: `Passphrase of the key ${prompt.file}` } as const;
          return secret(`passphrase ${prompt.file}`, question, signal);
        }
        case 'password':
          return fromHost(() =>
            hop !== undefined && isNamed(hop, prompt.from)
              ? password(hop, signal)
              : words(prompt.from, 'Password: ', false, signal),
          );
        case 'host_key': {
          const { name, keyType, fingerprint } = prompt;
          const answer = await ask({ kind: 'host_key', name, keyType, fingerprint }, signal);
          // Its own fingerprint rather than a yes: ssh compares it once more.
          return answer.kind === 'host_key' && answer.trust ? fingerprint : 'no';
        }
        case 'touch': {
          const instruction = `Touch the security key that blinks (${prompt.key.slice(0, maxPrompt)}).`;
          await ask({ kind: 'prompts', from: 'ssh', instruction, prompts: [] }, signal);
          return '';
        }
        case 'pin':
          return words(hop?.alias ?? here, `PIN of ${prompt.key}`, false, signal);
        case 'confirm': {
          const answer = await words(hop?.alias ?? here, prompt.text, true, signal);
          return /^y(es)?$/i.test(answer ?? '') ? 'yes' : null;
        }
        case 'prompt':
          return fromHost(() => words(prompt.from ?? here, prompt.text, false, signal));
      }
    },
    accept() {
      for (const { asked } of secrets.values()) asked.accept();
      secrets.clear();
    },
    refuse(hop) {
      for (const [what, used] of secrets) if (used.hop === hop) needs.forgetSecret(what);
    },
    wasAsked: (hop) => askedAt.has(hop),
    asking: () => open > 0,
    over: over.promise,
  };
}

/** `user@host` as ssh writes it: after HostName was applied. */
function isNamed({ user, hostName, alias }: SshSettings, from: string): boolean {
  return from === `${user}@${hostName}` || from === `${user}@${alias}`;
}
