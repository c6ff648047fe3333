import type { Answer } from '../../contract/hosts.ts';
import type { ConnectPrompts, QuestionDraft } from '../../domain/collect/transport.ts';
import { readAskpassPrompt } from '../../domain/ssh/askpass-prompt.ts';
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
  /** What a user's password on a host is kept as. */
  passwordName(settings: SshSettings): string;
}

export interface Asker {
  answer(asked: Asked, signal: AbortSignal): Promise<string | null>;
  /** ssh is signed in: what was asked for was right, and is kept for this session. */
  accept(): void;
  /** Whether the technician is asked just now, so that no deadline runs. */
  asking(): boolean;
}

const maxPrompt = 1000;

/** Puts what `ssh` asks to the technician, each kind in its own form; an answer that is kept is not asked for again. */
export function createAsker(route: SshRoute, prompts: ConnectPrompts, needs: AskerNeeds): Asker {
  const host = route.hops.at(-1) as SshSettings;
  const secrets = new Map<string, AskedSecret>();
  let open = 0;

  async function ask(question: QuestionDraft, signal: AbortSignal): Promise<Answer> {
    open++;
    try {
      return await prompts.ask(question, signal);
    } finally {
      open--;
    }
  }

  function secret(what: string, question: { secret: 'passphrase' | 'password'; prompt: string }, signal: AbortSignal) {
    const asked = secrets.get(what) ?? needs.askSecret(what, question, (draft) => ask(draft, signal));
    secrets.set(what, asked);
    return asked.next();
  }

  /** `user@host` as ssh writes it: after HostName was applied. */
  function hopOf(from: string): SshSettings | undefined {
    return route.hops.find(
      ({ user, hostName, alias }) => from === `${user}@${hostName}` || from === `${user}@${alias}`,
    );
  }

  async function words(from: string, text: string, echo: boolean, signal: AbortSignal): Promise<string | null> {
    const prompt = { text: text.slice(0, maxPrompt), echo };
    const answer = await ask({ kind: 'prompts', from, instruction: '', prompts: [prompt] }, signal);
    return answer.kind === 'prompts' ? (answer.values?.[0] ?? null) : null;
  }

  return {
    async answer({ text, hint }, signal) {
      const prompt = readAskpassPrompt(text, hint);
      switch (prompt.kind) {
        case 'passphrase': {
          const question = { secret: 'passphrase', prompt: `Passphrase of the key ${prompt.file}` } as const;
          return secret(`passphrase ${prompt.file}`, question, signal);
        }
        case 'password': {
          const hop = hopOf(prompt.from);
          const what = hop === undefined ? `password ${prompt.from}` : needs.passwordName(hop);
          const [user, name] = hop === undefined ? cut(prompt.from) : [hop.user, hop.hostName];
          return secret(what, { secret: 'password', prompt: `Password of ${user} on ${name}` }, signal);
        }
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
          return words(host.alias, `PIN of ${prompt.key}`, false, signal);
        case 'confirm': {
          const answer = await words(host.alias, prompt.text, true, signal);
          return /^y(es)?$/i.test(answer ?? '') ? 'yes' : null;
        }
        case 'prompt':
          return words(prompt.from ?? `${host.user}@${host.hostName}`, prompt.text, false, signal);
      }
    },
    accept() {
      for (const secret of secrets.values()) secret.accept();
      secrets.clear();
    },
    asking: () => open > 0,
  };
}

function cut(from: string): [user: string, host: string] {
  const at = from.lastIndexOf('@');
  return [from.slice(0, at), from.slice(at + 1)];
}
