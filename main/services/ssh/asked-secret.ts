import type { Answer } from '../../contract/hosts.ts';
import type { QuestionDraft } from '../../domain/collect/transport.ts';
import type { SecretKeeper } from './secret-keeper.ts';

export type Ask = (question: QuestionDraft) => Promise<Answer>;

/** One passphrase or password: kept from before, or asked for, again when it was wrong, but not for ever. */
export interface AskedSecret {
  /** Null when the technician does not give it, or was wrong too often. A second call means that the first was wrong. */
  next(): Promise<string | null>;
  /** The last one was right: it is kept for this session. */
  accept(): void;
  /** The host hung up on it: what was kept is not sent again by itself. */
  forget(): void;
  /** Whether `next` would give null without asking. */
  spent(): boolean;
  /** How it went, for the message of a fault; null when nobody was asked. */
  outcome(): 'not given' | 'wrong' | null;
}

export function createAskedSecret(
  what: string,
  question: { secret: 'passphrase' | 'password'; prompt: string },
  keeper: SecretKeeper,
  ask: Ask,
  /** More answers than these are not asked for; sshd counts too, and hangs up after six tries by default. */
  attempts = 3,
): AskedSecret {
  let tried = 0;
  let last: string | null = null;
  let refused = false;
  const spent = () => refused || tried >= attempts;
  return {
    async next() {
      if (spent()) return null;
      const kept = tried === 0 ? keeper.get(what) : undefined;
      if (tried > 0) keeper.forget(what);
      const again = tried > 0;
      tried++;
      if (kept !== undefined) {
        last = kept;
        return last;
      }
      const answer = await ask({ kind: 'secret', ...question, again, remembered: keeper.remembers });
      last = answer.kind === 'secret' ? answer.value : null;
      refused = last === null;
      return last;
    },
    accept() {
      if (last !== null) keeper.keep(what, last);
    },
    forget() {
      if (tried > 0) keeper.forget(what);
    },
    spent,
    outcome: () => (refused ? 'not given' : tried > 0 ? 'wrong' : null),
  };
}
