import { randomUUID } from 'node:crypto';
import { FaultError } from '../../contract/faults.ts';
import type { Answer, Question } from '../../contract/hosts.ts';
import type { QuestionDraft } from '../../domain/collect/transport.ts';

/** The questions that a connection has, one shown at a time, and the way for their answers to come back. */
export interface Questions {
  /** The one that is shown: of those that wait, the first that was asked. */
  shown(): Question | null;
  /** Resolves with the technician's answer; rejects with `cancelled` when the signal aborts. */
  ask(draft: QuestionDraft, signal: AbortSignal): Promise<Answer>;
  /** Throws `not_found` when that question is not the one shown, `bad_input` when the answer is to another kind. */
  answer(questionId: string, answer: Answer): void;
}

interface Waiting {
  readonly question: Question;
  readonly resolve: (answer: Answer) => void;
}

export function createQuestions(onChange: () => void): Questions {
  let waiting: readonly Waiting[] = [];

  function remove(one: Waiting): void {
    waiting = waiting.filter((other) => other !== one);
    onChange();
  }

  return {
    shown: () => waiting[0]?.question ?? null,
    ask: (draft, signal) =>
      new Promise((resolve, reject) => {
        const givenUp = 'The connection was given up before the question was answered.';
        const refuse = (): void => reject(new FaultError('cancelled', 'question', givenUp));
        if (signal.aborted) return refuse();
        const onAbort = (): void => {
          remove(one);
          refuse();
        };
        const one: Waiting = {
          question: { ...draft, id: randomUUID() },
          resolve: (answer) => {
            signal.removeEventListener('abort', onAbort);
            remove(one);
            resolve(answer);
          },
        };
        signal.addEventListener('abort', onAbort, { once: true });
        waiting = [...waiting, one];
        onChange();
      }),
    answer: (questionId, answer) => {
      const [shown] = waiting;
      if (shown === undefined || shown.question.id !== questionId) {
        throw new FaultError('not_found', 'question', 'This question is no longer asked.');
      }
      if (shown.question.kind !== answer.kind) {
        throw new FaultError('bad_input', 'question', `The question is about a ${shown.question.kind}.`);
      }
      shown.resolve(answer);
    },
  };
}
