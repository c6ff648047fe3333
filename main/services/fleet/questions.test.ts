import { expect, test } from 'vitest';
import { type Fault, toFault } from '../../contract/faults.ts';
import type { Answer } from '../../contract/hosts.ts';
import { createQuestions } from './questions.ts';

const trust: Answer = { kind: 'host_key', trust: true };

const faultOr = (answer: Promise<Answer>): Promise<Answer | Fault> =>
  answer.catch((error: unknown) => toFault(error, 'question'));

function setUp() {
  let changes = 0;
  const questions = createQuestions(() => changes++);
  const aborts = new Map<string, AbortController>();
  const ask = (name: string) => {
    const abort = new AbortController();
    aborts.set(name, abort);
    return questions.ask({ kind: 'host_key', keyType: 'ssh-ed25519', fingerprint: 'SHA256:x', name }, abort.signal);
  };
  const shown = () => {
    const question = questions.shown();
    return question?.kind === 'host_key' ? question.name : null;
  };
  return {
    questions,
    ask,
    shown,
    answer: () => questions.answer(questions.shown()?.id ?? '', trust),
    withdraw: (name: string) => aborts.get(name)?.abort(),
    changes: () => changes,
  };
}

test('two that ask at once are shown one after the other, and each gets its own answer', async () => {
  const { questions, ask, shown, answer, changes } = setUp();
  const [first, second] = [ask('jump'), ask('tank')];
  expect(shown()).toBe('jump');
  const { id = '' } = questions.shown() ?? {};
  answer();
  expect([await first, shown()]).toEqual([trust, 'tank']);
  // A late click is no answer to the question that came after.
  expect(() => questions.answer(id, trust)).toThrow('no longer asked');
  answer();
  expect([await second, shown(), changes()]).toEqual([trust, null, 4]);
});

test('one that is withdrawn takes no other with it, shown or not', async () => {
  const { ask, shown, answer, withdraw } = setUp();
  const [a, b, c] = ['a', 'b', 'c'].map((name) => faultOr(ask(name)));
  withdraw('b');
  expect([await b, shown()]).toMatchObject([{ code: 'cancelled', step: 'question' }, 'a']);
  withdraw('a');
  expect([await a, shown()]).toMatchObject([{ code: 'cancelled', step: 'question' }, 'c']);
  answer();
  expect([await c, shown()]).toEqual([trust, null]);
});

test('what is asked too late is not shown, and hides nothing', async () => {
  const { questions, ask, shown } = setUp();
  void ask('a');
  const late = questions.ask({ kind: 'host_key', keyType: 'x', fingerprint: 'x', name: 'b' }, AbortSignal.abort());
  expect([await faultOr(late), shown()]).toMatchObject([{ code: 'cancelled' }, 'a']);
});
