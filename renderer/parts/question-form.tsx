import { type FormEvent, useId, useRef } from 'react';
import type { Question } from '../../main/contract/hosts.ts';
import { visible, visibleLines } from '../../main/domain/present/words.ts';
import { api } from '../api/rackside.ts';
import { told } from '../state/toasts.ts';
import { AnswerActions, SecretForm } from './secret-form.tsx';

interface QuestionFormProps {
  readonly hostId: string;
  readonly question: Question;
}

/** Whatever a connection needs from the technician before it can go on. */
export function QuestionForm({ hostId, question }: QuestionFormProps) {
  // Keyed by the question, so that nothing typed for one is left for the next.
  switch (question.kind) {
    case 'host_key':
      return <HostKeyForm key={question.id} hostId={hostId} question={question} />;
    case 'secret':
      return <SecretQuestion key={question.id} hostId={hostId} question={question} />;
    case 'prompts':
      return <PromptsForm key={question.id} hostId={hostId} question={question} />;
    case 'consent':
      return <ConsentForm key={question.id} hostId={hostId} question={question} />;
  }
}

type Asked<Kind extends Question['kind']> = { hostId: string; question: Extract<Question, { kind: Kind }> };

function HostKeyForm({ hostId, question }: Asked<'host_key'>) {
  const answer = (trust: boolean) => {
    const call = api()['hosts.answer']({ hostId, questionId: question.id, answer: { kind: 'host_key', trust } });
    void told('Host key', call);
  };
  const file = keyFile(question.keyType);
  return (
    <section className="question" aria-label="Host key">
      <h2>Is this the right host?</h2>
      <p>
        Nobody has vouched for <strong className="mono">{visible(question.name, 300)}</strong> yet. It shows this key:
      </p>
      <dl className="question-key">
        <dt>{visible(question.keyType, 60)}</dt>
        <dd className="mono selectable" data-testid="fingerprint">
          {visible(question.fingerprint, 200)}
        </dd>
      </dl>
      {question.knownAs?.map(({ name, file, line }) => (
        <p key={`${file}:${line}`}>
          The same key is known as <strong className="mono">{visible(name ?? 'a hashed name', 200)}</strong>:{' '}
          <span className="mono selectable">
            {visible(file, 300)} line {line}
          </span>
        </p>
      ))}
      <p className="hint">
        Compare it with what the host itself says, on its own console:
        <code className="selectable">ssh-keygen -lf {file}</code>
      </p>
      <div className="actions">
        <button type="button" className="button button-primary" onClick={() => answer(true)}>
          Trust
        </button>
        <button type="button" className="button" onClick={() => answer(false)}>
          Cancel
        </button>
      </div>
    </section>
  );
}

/** Where sshd keeps the public half of a key of that type. */
function keyFile(keyType: string): string {
  const kind = keyType.includes('ed25519') ? 'ed25519' : keyType.includes('ecdsa') ? 'ecdsa' : 'rsa';
  return `/etc/ssh/ssh_host_${kind}_key.pub`;
}

function SecretQuestion({ hostId, question }: Asked<'secret'>) {
  const isPassphrase = question.secret === 'passphrase';
  const answer = (value: string | null) => {
    const call = api()['hosts.answer']({ hostId, questionId: question.id, answer: { kind: 'secret', value } });
    void told(isPassphrase ? 'Passphrase' : 'Password', call);
  };
  return (
    <SecretForm
      name={question.secret}
      heading={
        <>
          <h2>{isPassphrase ? 'A key file needs its passphrase' : 'The host asks for a password'}</h2>
          {question.again && <p className="text-bad">That was not right. Try again.</p>}
        </>
      }
      label={visible(question.prompt, 300)}
      hint={
        question.remembered
          ? "It is kept sealed by this system's keyring."
          : 'It is kept in memory until Rackside ends, and written nowhere.'
      }
      decline="Cancel"
      onAnswer={answer}
    />
  );
}

/** What the host asks in its own words, as it asked it: a menu, a code, a new password. */
function PromptsForm({ hostId, question }: Asked<'prompts'>) {
  const form = useRef<HTMLFormElement>(null);
  const id = useId();
  const answer = (values: string[] | null) => {
    const call = api()['hosts.answer']({ hostId, questionId: question.id, answer: { kind: 'prompts', values } });
    void told('Answer', call);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const fields = [...(form.current?.querySelectorAll('input') ?? [])];
    answer(fields.map(({ value }) => value));
    for (const field of fields) field.value = '';
  };
  return (
    <form ref={form} className="question" onSubmit={submit} aria-label="Prompts">
      <h2>{visible(question.from, 300)} asks</h2>
      {question.instruction !== '' && <p className="question-words">{visibleLines(question.instruction)}</p>}
      {question.prompts.map(({ text, echo }, index) => (
        // A host may ask the same twice: the place is all that tells them apart.
        // biome-ignore lint/suspicious/noArrayIndexKey: the prompts of one question never move
        <div key={index} className="form-field">
          <label htmlFor={`${id}-${index}`} className="question-words">
            {visibleLines(text) || 'Answer'}
          </label>
          <input
            id={`${id}-${index}`}
            type={echo ? 'text' : 'password'}
            className="field"
            autoComplete="off"
            maxLength={4096}
            // biome-ignore lint/a11y/noAutofocus: the technician has just asked for this connection
            autoFocus={index === 0}
          />
        </div>
      ))}
      <p className="hint">What you answer is sent to the host, and kept nowhere.</p>
      <AnswerActions decline="Cancel" onDecline={() => answer(null)} />
    </form>
  );
}

function ConsentForm({ hostId, question }: Asked<'consent'>) {
  const answer = (run: boolean) => {
    const call = api()['hosts.answer']({ hostId, questionId: question.id, answer: { kind: 'consent', run } });
    void told('Consent', call);
  };
  return (
    <section className="question" aria-label="Consent">
      <h2>May this run on your machine?</h2>
      <p>{visible(question.reason, 400)}</p>
      <code className="selectable">{visible(question.command, 1000)}</code>
      <div className="actions">
        <button type="button" className="button" onClick={() => answer(true)}>
          Run it
        </button>
        <button type="button" className="button button-primary" onClick={() => answer(false)}>
          Go on without
        </button>
      </div>
    </section>
  );
}
