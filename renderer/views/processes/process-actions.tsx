import { useEffect, useRef, useState } from 'react';
import type { ProcessAction, ProcessActionStep, ProcessSignal } from '../../../main/contract/process-actions.ts';
import type { HostClock, Process } from '../../../main/contract/samples.ts';
import { processActionWords, processOutcomeWords } from '../../../main/domain/present/process-action-words.ts';
import { processAge } from '../../../main/domain/present/process-words.ts';
import { formatDuration } from '../../../main/domain/present/units.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { api, faultOf } from '../../api/rackside.ts';
import { FaultNote } from '../../parts/fault-note.tsx';
import { SecretForm } from '../../parts/secret-form.tsx';
import { told } from '../../state/toasts.ts';

const signals: readonly ProcessSignal[] = ['TERM', 'KILL', 'INT', 'HUP', 'STOP', 'CONT', 'QUIT', 'USR1', 'USR2'];
const nices = [19, 10, 5, 0, -5, -10, -20];
const choices: readonly ProcessAction[] = [
  ...signals.map((signal) => ({ kind: 'signal', signal }) as const),
  ...nices.map((nice) => ({ kind: 'renice', nice }) as const),
];

interface ProcessActionsProps {
  readonly hostId: string;
  readonly process: Process;
  readonly clock: HostClock;
}

/** A signal or another nice for one process of a live host: chosen, confirmed by a second press, and told how it went. */
export function ProcessActions({ hostId, process, clock }: ProcessActionsProps) {
  const [chosen, setChosen] = useState(0);
  const [sudo, setSudo] = useState(false);
  const [asked, setAsked] = useState(false);
  const [step, setStep] = useState<ProcessActionStep | null>(null);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);
  const action = choices[chosen] as ProcessAction;
  const words = processActionWords(action);
  const act = async () => {
    const own = new AbortController();
    abort.current = own;
    setAsked(false);
    const { pid, start_ticks, name } = process;
    const request = { hostId, bootId: clock.boot_id, pid, start_ticks, name: name.slice(0, 64), action, sudo };
    try {
      for await (const next of api()['commands.onProcess'](request, own.signal)) setStep(next);
    } catch (error) {
      if (!own.signal.aborted) setStep({ ...running, state: 'ended', fault: faultOf(error) });
    }
  };
  const going = step !== null && step.state !== 'ended';
  return (
    <section className="process-act" aria-label="Act on this process">
      <div className="process-actions">
        <select
          className="field field-select"
          aria-label="Signal or nice"
          value={chosen}
          disabled={going}
          onChange={(event) => {
            setChosen(Number(event.target.value));
            setAsked(false);
          }}
        >
          {choices.map((choice, index) => (
            <option key={processActionWords(choice)} value={index}>
              {processActionWords(choice)}
            </option>
          ))}
        </select>
        <label className="check">
          <input type="checkbox" checked={sudo} onChange={(event) => setSudo(event.target.checked)} />
          As root (sudo)
        </label>
        <button type="button" className="button button-small" disabled={going} onClick={() => setAsked(true)}>
          Send …
        </button>
      </div>
      {asked && (
        <div role="alertdialog" aria-label="Confirm">
          <p>
            {words}: PID {process.pid},{' '}
            <strong className="mono">{visible(process.command ?? process.name, 300)}</strong>
            {whose(process, clock)}. This cannot be undone.
          </p>
          <div className="process-actions">
            <button type="button" className="button button-small button-danger" onClick={() => void act()}>
              {words}
            </button>
            <button type="button" className="button button-small" onClick={() => setAsked(false)}>
              Leave it
            </button>
          </div>
        </div>
      )}
      {step?.question?.kind === 'secret' && (
        <SecretForm
          key={step.question.id}
          name="Password for sudo"
          label={visible(step.question.prompt, 300)}
          hint="It goes to sudo on that host, for this one run, and is kept nowhere."
          decline="Do not"
          onAnswer={(value) => answer(hostId, step.question?.id ?? '', value)}
        />
      )}
      <p role="status" data-testid="process-outcome">
        {step === null ? '' : stepWords(step)}
      </p>
      {step?.fault && <FaultNote fault={step.fault} />}
    </section>
  );
}

const running: ProcessActionStep = { state: 'running', question: null, outcome: null, said: null, fault: null };

function answer(hostId: string, questionId: string, value: string | null): void {
  void told('Password', api()['commands.answer']({ hostId, questionId, answer: { kind: 'secret', value } }));
}

/** `, of backup, begun 2 h 3 min before this list`. */
function whose(process: Process, clock: HostClock): string {
  const age = processAge(process, clock);
  const user = process.user === null ? '' : `, of ${visible(process.user, 64)}`;
  return age === null ? user : `${user}, begun ${formatDuration(age)} before this list`;
}

function stepWords({ state, outcome, said }: ProcessActionStep): string {
  if (state !== 'ended') return 'Asking the host …';
  if (outcome === null) return '';
  return said === null
    ? processOutcomeWords(outcome)
    : `${processOutcomeWords(outcome)} It said: ${visible(said, 400)}`;
}
