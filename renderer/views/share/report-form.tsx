import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { Fault } from '../../../main/contract/faults.ts';
import { formatBytes, formatExactDateTime } from '../../../main/domain/present/units.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { api, faultOf } from '../../api/rackside.ts';
import { FaultNote } from '../../parts/fault-note.tsx';
import { TextField } from '../../parts/text-field.tsx';
import { zoneAt } from '../../state/clock.ts';
import { useLost } from '../../state/link.ts';
import { isOfPath, problemsOf, redactionOf, reportPath, type ShareProblems } from '../../state/share/share-choices.ts';
import { typedInstant } from '../../state/typed-instant.ts';
import type { ShareFormProps } from './part-form.tsx';
import { RedactionFields } from './redaction-fields.tsx';

type Run =
  | { readonly state: 'idle' }
  | { readonly state: 'writing' }
  | { readonly state: 'done'; readonly to: string; readonly bytes: number; readonly redacts: boolean }
  | { readonly state: 'failed'; readonly to: string; readonly fault: Fault };

/** One moment as a page that needs nothing but a browser. It is short: leaving the dialog gives it up. */
export function ReportForm({ subject, choices, folder, onChange, onClose }: ShareFormProps) {
  const { hostId } = subject;
  const near = subject.at ?? 0;
  const [moment, setMoment] = useState(subject.at === null ? '' : formatExactDateTime(near, zoneAt(near)));
  const [typed, setTyped] = useState<string | null>(null);
  const [problems, setProblems] = useState<ShareProblems & { readonly moment?: string }>({});
  const [run, setRun] = useState<Run>({ state: 'idle' });
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);
  const lost = useLost();
  const at = typedInstant(moment, near, zoneAt);
  const path = typed ?? reportPath(subject, choices, folder, at ?? near);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const found = { ...problemsOf(choices, path, '.html'), ...(at === null ? { moment: noMoment } : {}) };
    setProblems(found);
    if (at === null || Object.keys(found).length > 0) return;
    const to = path.trim();
    abort.current = new AbortController();
    setRun({ state: 'writing' });
    try {
      const request = { hostId, at, redaction: redactionOf(choices), to };
      const written = await api()['dumps.report'](request, abort.current.signal);
      setRun({ state: 'done', ...written, redacts: choices.redacts });
    } catch (error) {
      const fault = faultOf(error);
      setRun(fault.code === 'cancelled' ? { state: 'idle' } : { state: 'failed', to, fault });
    }
  };
  const failure = run.state === 'failed' ? run : null;
  const refused = failure !== null && failure.to === path.trim() && isOfPath(failure.fault, failure.to);
  const change: typeof onChange = (changed) => {
    setProblems({});
    onChange(changed);
  };
  return (
    <form className="form share-report" onSubmit={(event) => void submit(event)} aria-label="Report" noValidate>
      <p className="hint">
        The readings, the busiest processes and the commands around an instant, as one page without scripts, for people
        without Rackside.
      </p>
      <TextField
        label="Moment"
        value={moment}
        problem={problems.moment ?? null}
        onChange={(text) => {
          setProblems({});
          setMoment(text);
        }}
      />
      <RedactionFields choices={choices} problem={problems.words ?? null} onChange={change} />
      <TextField
        label="Path"
        maxLength={4096}
        value={path}
        problem={problems.path ?? (refused ? (failure?.fault.message ?? null) : null)}
        hint="A new name that ends in .html, on the machine where Rackside runs. Nothing is overwritten."
        onChange={(text) => {
          setProblems({});
          setTyped(text);
        }}
      />
      {failure !== null && !refused && <FaultNote fault={failure.fault} />}
      <p role="status">
        {run.state === 'done' && (
          <>
            {formatBytes(run.bytes)} are written to{' '}
            <span className="mono selectable wrap">{visible(run.to, 4096)}</span>
            {run.redacts && '. Read it before it leaves.'}
          </>
        )}
      </p>
      <div className="actions">
        <button type="submit" className="button button-primary" disabled={lost || run.state === 'writing'}>
          {run.state === 'writing' ? 'Writing …' : 'Write the report'}
        </button>
        <button
          type="button"
          className="button"
          onClick={() => (run.state === 'writing' ? abort.current?.abort() : onClose())}
        >
          {run.state === 'writing' ? 'Cancel' : 'Close'}
        </button>
      </div>
    </form>
  );
}

const noMoment = 'A moment looks like 14:03:22 or 2026-11-21 14:03:22; with Z at its end it is UTC.';
