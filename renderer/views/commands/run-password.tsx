import { useState } from 'react';
import type { CommandRun } from '../../../main/contract/commands.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { api } from '../../api/rackside.ts';
import { SecretForm } from '../../parts/secret-form.tsx';
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
  const [forAll, setForAll] = useState(false);
  const { question } = first;
  const answer = (value: string | null) => {
    const meant = forAll ? asking : [first];
    for (const { hostId, question: asked } of meant) {
      const given = { hostId, questionId: asked?.id ?? '', answer: { kind: 'secret', value } } as const;
      void told('Password', api()['commands.answer'](given));
    }
  };
  return (
    <SecretForm
      name="Password for sudo"
      label={question?.kind === 'secret' && visible(question.prompt, 300)}
      hint="It goes to sudo on that host, for this one run, and is kept nowhere."
      decline="Go on without"
      onAnswer={answer}
    >
      {asking.length > 1 && (
        <label className="check">
          <input type="checkbox" checked={forAll} onChange={(event) => setForAll(event.target.checked)} />
          The same for the {asking.length - 1} others that ask now
        </label>
      )}
    </SecretForm>
  );
}
