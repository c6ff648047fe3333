import { TextField } from '../../parts/text-field.tsx';
import type { ShareChoices } from '../../state/share/share-choices.ts';

interface RedactionFieldsProps {
  readonly choices: ShareChoices;
  /** With the words. */
  readonly problem: string | null;
  readonly onChange: (changed: Partial<ShareChoices>) => void;
}

/** Whether names and secrets go, which words besides, and what that does not promise. */
export function RedactionFields({ choices: { redacts, words }, problem, onChange }: RedactionFieldsProps) {
  return (
    <>
      <label className="check">
        <input type="checkbox" checked={redacts} onChange={({ target }) => onChange({ redacts: target.checked })} />
        Hide names and secrets
      </label>
      {redacts ? (
        <>
          <p className="hint">
            Only what looks like a name or a secret, or stands where one is told, is found: look through what leaves,
            and name what else has to go. <code>docs/redaction.md</code> says what redaction cannot do.
          </p>
          <TextField
            label="More words to hide, one in each line"
            rows={2}
            maxLength={200_000}
            placeholder="a customer, a project"
            value={words}
            problem={problem}
            onChange={(typed) => onChange({ words: typed })}
          />
        </>
      ) : (
        <p className="text-warn">Everything leaves as the host said it, with all names, addresses and secrets in it.</p>
      )}
    </>
  );
}
