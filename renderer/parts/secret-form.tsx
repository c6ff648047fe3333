import { type FormEvent, type ReactNode, useId, useRef } from 'react';

interface SecretFormProps {
  /** What the form is called. */
  readonly name: string;
  readonly label: ReactNode;
  readonly hint: string;
  /** What is said on the button that gives none. */
  readonly decline: string;
  /** Null: it is not given. */
  readonly onAnswer: (value: string | null) => void;
  /** Above the field. */
  readonly heading?: ReactNode;
  /** Below the field. */
  readonly children?: ReactNode;
}

/** One secret. The field is not controlled: what is typed is in the field alone, and is gone from it once it is sent. */
export function SecretForm({ name, label, hint, decline, onAnswer, heading, children }: SecretFormProps) {
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const input = field.current;
    if (input === null || input.value === '') return;
    onAnswer(input.value);
    input.value = '';
  };
  return (
    <form className="question" onSubmit={submit} aria-label={name}>
      {heading}
      <label htmlFor={id}>{label}</label>
      {/* biome-ignore lint/a11y/noAutofocus: the technician has just asked for what needs it */}
      <input ref={field} id={id} type="password" className="field" autoComplete="off" maxLength={4096} autoFocus />
      {children}
      <p className="hint">{hint}</p>
      <AnswerActions decline={decline} onDecline={() => onAnswer(null)} />
    </form>
  );
}

/** The end of a form that answers a question: send it, or give no answer. */
export function AnswerActions({ decline, onDecline }: { decline: string; onDecline: () => void }) {
  return (
    <div className="actions">
      <button type="submit" className="button button-primary">
        Continue
      </button>
      <button type="button" className="button" onClick={onDecline}>
        {decline}
      </button>
    </div>
  );
}
