import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { FaultError } from '../../contract/faults.ts';
import type { Answer, Question } from '../../contract/hosts.ts';
import { visible } from '../../domain/present/words.ts';

/** One question at a time: there is one terminal, and hosts may ask at once. */
let asked: Promise<unknown> = Promise.resolve();

/** Asks the person at the terminal; where there is none, a fault says how to answer instead. */
export function answerAtTerminal(question: Question): Promise<Answer> {
  const answer = asked.then(() => ask(question));
  asked = answer.catch(() => {});
  return answer;
}

async function ask(question: Question): Promise<Answer> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) throw new FaultError(...unanswerable(question));
  if (question.kind === 'host_key') {
    process.stderr.write(`The host key of ${visible(question.name, 300)} is not known yet.\n`);
    process.stderr.write(`  ${visible(question.keyType, 60)}  ${visible(question.fingerprint, 200)}\n`);
    for (const { name, file, line } of question.knownAs ?? []) {
      const known = visible(name ?? 'a hashed name', 200);
      process.stderr.write(`  the same key is known as ${known}: ${visible(file, 300)} line ${line}\n`);
    }
    process.stderr.write('To check it, run on the host: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub\n');
    const typed = await prompt('Trust it from now on? (yes/no) ', false);
    return { kind: 'host_key', trust: typed.trim().toLowerCase() === 'yes' };
  }
  if (question.kind === 'consent') {
    process.stderr.write(`${visible(question.reason, 400)}\n  ${visible(question.command, 400)}\n`);
    const typed = await prompt('Run it? (yes/no) ', false);
    return { kind: 'consent', run: typed.trim().toLowerCase() === 'yes' };
  }
  if (question.kind === 'prompts') {
    process.stderr.write(`${visible(question.from, 200)}: ${visible(question.instruction, 2000)}\n`);
    const values: string[] = [];
    for (const { text, echo } of question.prompts) values.push(await prompt(`${visible(text, 400)} `, !echo));
    return { kind: 'prompts', values };
  }
  if (question.again) process.stderr.write('That was not it.\n');
  const typed = await prompt(`${visible(question.prompt, 400)} `, true);
  return { kind: 'secret', value: typed === '' ? null : typed };
}

function unanswerable(question: Question): ConstructorParameters<typeof FaultError> {
  if (question.kind === 'host_key') {
    const [name, fingerprint] = [visible(question.name, 300), visible(question.fingerprint, 200)];
    const message = `The host key of ${name} is not known (${fingerprint}). Run this once in a terminal, or add the host in Rackside, to check it.`;
    return ['host_key_unknown', 'host key', message];
  }
  const asked = question.kind === 'secret' ? question.prompt : connectionWordsOf(question);
  const message = `${visible(asked, 400)} There is no terminal to ask on: use an ssh-agent, or run this in a terminal.`;
  return ['auth_failed', 'authentication', message];
}

function connectionWordsOf(question: Extract<Question, { kind: 'prompts' | 'consent' }>): string {
  return question.kind === 'prompts' ? `${question.from} asks something.` : `${question.reason}: ${question.command}.`;
}

/** One line from the terminal; a hidden one is not echoed. */
async function prompt(text: string, hidden: boolean): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output: hidden ? silent : process.stderr, terminal: true });
  try {
    if (hidden) process.stderr.write(text);
    const line = await reader.question(hidden ? '' : text);
    if (hidden) process.stderr.write('\n');
    return line;
  } finally {
    reader.close();
  }
}
