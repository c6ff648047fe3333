import { useId } from 'react';
import { visible } from '../../main/domain/present/words.ts';

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly maxLength?: number;
  readonly placeholder?: string;
  readonly required?: boolean;
  readonly disabled?: boolean;
  /** What else to know, below the field. */
  readonly hint?: string;
  /** The narrow field of a port, whose whole numbers lie between these. */
  readonly between?: readonly [least: number, most: number];
  /** Lines of a list; one without. */
  readonly rows?: number;
  /** What is wrong with it, below the field; null where nothing is. */
  readonly problem?: string | null;
}

/** A label, a field of text as it stands in commands (nothing is corrected or capitalised), and a hint. */
export function TextField({ label, value, onChange, hint, between, rows, problem = null, ...field }: TextFieldProps) {
  const id = useId();
  const hintId = `${id}-hint`;
  const problemId = `${id}-problem`;
  const described = [...(problem === null ? [] : [problemId]), ...(hint === undefined ? [] : [hintId])];
  const shared = {
    ...field,
    id,
    value,
    spellCheck: false,
    autoCapitalize: 'off',
    'aria-invalid': problem !== null,
    'aria-describedby': described.length === 0 ? undefined : described.join(' '),
    onChange: (event: React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => onChange(event.target.value),
  };
  return (
    <div className={between === undefined ? 'form-field form-grow' : 'form-field'}>
      <label htmlFor={id}>{label}</label>
      {rows !== undefined && <textarea {...shared} className="field mono" rows={rows} />}
      {rows === undefined && between === undefined && <input {...shared} className="field" />}
      {rows === undefined && between !== undefined && (
        <input {...shared} className="field field-port" type="number" min={between[0]} max={between[1]} />
      )}
      {problem !== null && (
        <span id={problemId} className="text-bad problem" role="alert">
          {visible(problem, 600)}
        </span>
      )}
      {hint !== undefined && (
        <span id={hintId} className="hint">
          {hint}
        </span>
      )}
    </div>
  );
}
