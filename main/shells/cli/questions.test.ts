import { expect, test } from 'vitest';
import { faultOf } from '../../../e2e/lab/connecting.ts';
import type { Question } from '../../contract/hosts.ts';
import { answerAtTerminal } from './questions.ts';

const name = 'web\u001b[2J\u202e';

test('where there is no terminal, whatever a host chose is still safe to print', async () => {
  const questions: Question[] = [
    { kind: 'host_key', id: 'q', name, keyType: 'ssh-ed25519', fingerprint: 'SHA256:x\u001b[A' },
    { kind: 'prompts', id: 'q', from: name, instruction: '', prompts: [] },
    { kind: 'secret', id: 'q', secret: 'password', prompt: name, again: false, remembered: false },
  ];
  const faults = await Promise.all(questions.map((question) => faultOf(answerAtTerminal(question))));
  expect(faults.map(({ message }) => message)).toEqual([
    'The host key of web\\x1b[2J\\u202e is not known (SHA256:x\\x1b[A). Run this once in a terminal, or add the host in Rackside, to check it.',
    'web\\x1b[2J\\u202e asks something. There is no terminal to ask on: use an ssh-agent, or run this in a terminal.',
    'web\\x1b[2J\\u202e There is no terminal to ask on: use an ssh-agent, or run this in a terminal.',
  ]);
});
