import { randomUUID } from 'node:crypto';
import { FaultError } from '../../contract/faults.ts';
import type { Answer, Question } from '../../contract/hosts.ts';

/** Passwords that runs ask for; each goes from its answer to the host, and is kept nowhere. */
export interface Passwords {
  /** The value is null where the technician does not give it; it rejects when the signal aborts. */
  ask(hostId: string, prompt: string, signal: AbortSignal): { question: Question; value: Promise<string | null> };
  /** Throws `not_found` when that is no longer asked, `bad_input` for an answer to something else. */
  answer(hostId: string, questionId: string, answer: Answer): void;
}

export function createPasswords(): Passwords {
  const open = new Map<string, { hostId: string; resolve(value: string | null): void }>();
  return {
    ask(hostId, prompt, signal) {
      const id = randomUUID();
      const value = new Promise<string | null>((resolve, reject) => {
        const cancel = () => {
          open.delete(id);
          reject(new FaultError('cancelled', 'sudo', 'Cancelled before the password was given.'));
        };
        if (signal.aborted) return cancel();
        signal.addEventListener('abort', cancel, { once: true });
        open.set(id, {
          hostId,
          resolve: (given) => {
            signal.removeEventListener('abort', cancel);
            open.delete(id);
            resolve(given);
          },
        });
      });
      return { question: { kind: 'secret', id, secret: 'password', prompt, again: false, remembered: false }, value };
    },
    answer(hostId, questionId, answer) {
      const asked = open.get(questionId);
      if (asked === undefined || asked.hostId !== hostId) {
        throw new FaultError('not_found', 'sudo', 'This question is no longer asked.');
      }
      if (answer.kind !== 'secret') throw new FaultError('bad_input', 'sudo', 'The question is about a secret.');
      asked.resolve(answer.value);
    },
  };
}
