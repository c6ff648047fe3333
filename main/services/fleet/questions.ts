import { randomUUID } from 'node:crypto';
import { FaultError } from '../../contract/faults.ts';
import type { Answer, Question } from '../../contract/hosts.ts';
import type { QuestionDraft } from '../../domain/collect/transport.ts';

/** The one question that a connection may have open, and the way for its answer to come back. */
export interface Questions {
  readonly open: Question | null;
  /** Resolves with the technician's answer; rejects when the signal aborts. */
  ask(draft: QuestionDraft, signal: AbortSignal): Promise<Answer>;
  /** Throws `not_found` when that question is no longer asked, `bad_input` when the answer is to another kind. */
  answer(questionId: string, answer: Answer): void;
}

export function createQuestions(onChange: () => void): Questions {
  let pending: { question: Question; resolve: (answer: Answer) => void } | null = null;

  function settle(): void {
    pending = null;
    onChange();
  }

  return {
    get open() {
      return pending?.question ?? null;
    },
    ask: (draft, signal) =>
      new Promise((resolve, reject) => {
        const question: Question = { ...draft, id: randomUUID() };
        const onAbort = (): void => {
          settle();
          reject(
            new FaultError('cancelled', 'question', 'The connection was given up before the question was answered.'),
          );
        };
        if (signal.aborted) return onAbort();
        signal.addEventListener('abort', onAbort, { once: true });
        pending = {
          question,
          resolve: (answer) => {
            signal.removeEventListener('abort', onAbort);
            settle();
            resolve(answer);
          },
        };
        onChange();
      }),
    answer: (questionId, answer) => {
      if (pending === null || pending.question.id !== questionId) {
        throw new FaultError('not_found', 'question', 'This question is no longer asked.');
      }
      if (pending.question.kind !== answer.kind) {
        throw new FaultError('bad_input', 'question', `The question is about a ${pending.question.kind}.`);
      }
      pending.resolve(answer);
    },
  };
}
