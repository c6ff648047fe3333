import { type FormEvent, useEffect, useRef, useState } from 'react';
import { FaultNote } from '../../parts/fault-note.tsx';
import { TextField } from '../../parts/text-field.tsx';
import { consoleNow } from '../../state/clock.ts';
import { useLost } from '../../state/link.ts';
import { type ExportRun, startExport } from '../../state/share/export-run.ts';
import {
  isOfPath,
  partPath,
  problemsOf,
  type ShareChoices,
  type ShareProblems,
  sliceRequest,
} from '../../state/share/share-choices.ts';
import { endingOf, endingWords, partEndings, withEnding } from '../../state/share/share-names.ts';
import type { ShareSubject } from '../../state/share/share-subject.ts';
import { RedactionFields } from './redaction-fields.tsx';
import { RedactionPreviewTable } from './redaction-preview.tsx';
import { WhatChoice } from './what-choice.tsx';

export interface ShareFormProps {
  readonly subject: ShareSubject;
  readonly choices: ShareChoices;
  /** For a dump that lies on another machine. */
  readonly folder: string;
  readonly onChange: (changed: Partial<ShareChoices>) => void;
  readonly onClose: () => void;
}

/** What of a dump is written, without which names, and where to. `run` is the one before, where it came to nothing. */
export function PartForm({
  subject,
  choices,
  folder,
  onChange,
  onClose,
  run,
}: ShareFormProps & { run: ExportRun | null }) {
  const [now] = useState(consoleNow);
  const [problems, setProblems] = useState<ShareProblems>({});
  const lost = useLost();
  const path = partPath(subject, choices, folder, now);
  const ending = choices.path === null ? choices.ending : endingOf(choices.path);
  const fault = run?.fault ?? null;
  // Until another place is typed.
  const [moved, setMoved] = useState(false);
  const refused = fault !== null && run !== null && !moved && isOfPath(fault, run.to) ? fault.message : null;
  const form = useRef<HTMLFormElement>(null);
  // What was looked at while it ran is gone: the focus goes on to what can be done about its end.
  useEffect(() => {
    if (run !== null) form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [type="submit"]')?.focus();
  }, [run]);
  const change = (changed: Partial<ShareChoices>) => {
    setProblems({});
    onChange(changed);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = problemsOf(choices, path);
    setProblems(found);
    if (Object.keys(found).length === 0) void startExport(sliceRequest(subject, choices, path));
  };
  return (
    <form ref={form} className="share-columns" onSubmit={submit} aria-label="Export a part" noValidate>
      <div className="form">
        <WhatChoice subject={subject} what={choices.what} onChoose={(what) => change({ what })} />
        <RedactionFields choices={choices} problem={problems.words ?? null} onChange={change} />
        <fieldset className="share-group">
          <legend>Write it as</legend>
          {partEndings.map((one) => (
            <label key={one} className="check">
              <input
                type="radio"
                name="share-ending"
                checked={ending === one}
                onChange={() =>
                  change({ ending: one, path: choices.path === null ? null : withEnding(choices.path, one) })
                }
              />
              {endingWords[one]}
            </label>
          ))}
        </fieldset>
        <TextField
          label="Path"
          maxLength={4096}
          value={path}
          problem={problems.path ?? refused}
          hint="A new name on the machine where Rackside runs. Nothing is overwritten, and the name itself is not redacted."
          onChange={(typed) => {
            setMoved(true);
            change({ path: typed });
          }}
        />
        {fault !== null && refused === null && !moved && <FaultNote fault={fault} />}
        {run?.state === 'cancelled' && <p role="status">Cancelled.</p>}
        <div className="actions">
          <button type="submit" className="button button-primary" disabled={lost}>
            Export
          </button>
          <button type="button" className="button" onClick={onClose}>
            Close
          </button>
        </div>
      </div>
      <RedactionPreviewTable subject={subject} choices={choices} />
    </form>
  );
}
