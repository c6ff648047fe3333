import { type FormEvent, useId, useRef, useState } from 'react';
import type { CommandRun } from '../../../main/contract/commands.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { api } from '../../api/rackside.ts';
import { useRun } from '../../state/command-runs.ts';
import { told } from '../../state/toasts.ts';

/** The password that sudo wants on a host; nothing while none does. One host after the other asks. */
export function RunPassword() {
  const runs = useRun((state) => state.runs);
  const asking = Object.values(runs).filter(({ question }) => question !== null);
  const [first] = asking;
  if (first === undefined) return null;
  return <Form key={first.question?.id} first={first} asking={asking} />;
}

function Form({ first, asking }: { first: CommandRun; asking: readonly CommandRun[] }) {
  const field = useRef<HTMLInputElement>(null);
  const [forAll, setForAll] = useState(false);
  const id = useId();
  const { question } = first;
  const answer = (value: string | null) => {
    const meant = forAll ? asking : [first];
    for (const { hostId, question: asked } of meant) {
      const given = { hostId, questionId: asked?.id ?? '', answer: { kind: 'secret', value } } as const;
      void told('Password', api()['commands.answer'](given));
    }
  };
  // What is typed is in the field alone, and is gone from it once it is sent.
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const input = field.current;
    if (input === null || input.value === '') return;
    answer(input.value);
    input.value = '';
  };
  return (
    <form className="question" onSubmit={submit} aria-label="Password for sudo">
      <label htmlFor={id}>{question?.kind === 'secret' && visible(question.prompt, 300)}</label>
      {/* biome-ignore lint/a11y/noAutofocus: the technician has just asked for this command */}
      <input ref={field} id={id} type="password" className="field" autoComplete="off" maxLength={4096} autoFocus />
      {asking.length > 1 && (
        <label className="check">
          <input type="checkbox" checked={forAll} onChange={(event) => setForAll(event.target.checked)} />
          The same for the {asking.length - 1} others that ask now
        </label>
      )}
      <p className="hint">It goes to sudo on that host, for this one run, and is kept nowhere.</p>
      <div className="actions">
        <button type="submit" className="button button-primary">
          Continue
        </button>
        <button type="button" className="button" onClick={() => answer(null)}>
          Go on without
        </button>
      </div>
    </form>
  );
}
