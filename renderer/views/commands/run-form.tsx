import { type FormEvent, useId, useState } from 'react';
import { Icon } from '../../parts/icon.tsx';
import { startRun, useRun } from '../../state/command-runs.ts';
import { useLost } from '../../state/link.ts';

const deadlines = [
  [10, '10 s'],
  [60, '1 min'],
  [600, '10 min'],
  [3600, '1 h'],
] as const;

/** The command, as it would be typed in a shell there; the arrows bring back those of this session. */
export function RunForm() {
  const last = useRun((state) => state.line);
  const history = useRun((state) => state.history);
  const going = useRun((state) => state.going);
  const lost = useLost();
  const [line, setLine] = useState(last ?? '');
  const [sudo, setSudo] = useState(useRun((state) => state.sudo));
  const [seconds, setSeconds] = useState<number>(60);
  /** How far back in the history; 0: what is being typed. */
  const [back, setBack] = useState(0);
  const id = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (going || lost || line.trim() === '') return;
    setBack(0);
    void startRun(line, sudo, seconds);
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const to = event.key === 'ArrowUp' ? back + 1 : event.key === 'ArrowDown' ? back - 1 : null;
    if (to === null || to < 0 || to > history.length) return;
    event.preventDefault();
    setBack(to);
    setLine(to === 0 ? '' : (history[history.length - to] ?? ''));
  };
  return (
    <form className="run-form" onSubmit={submit} aria-label="Command">
      <label htmlFor={id} className="unseen">
        Command
      </label>
      <div className="run-line">
        <span className="mono faint" aria-hidden="true">
          {sudo ? '#' : '$'}
        </span>
        <input
          id={id}
          data-first
          className="field mono"
          value={line}
          maxLength={65_536}
          placeholder="uname -r"
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          aria-describedby={`${id}-hint`}
          onChange={(event) => setLine(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <button type="submit" className="button button-primary" disabled={going || lost || line.trim() === ''}>
          <Icon name="replay" filled />
          Run
        </button>
      </div>
      <div className="run-options">
        <label className="check">
          <input type="checkbox" checked={sudo} onChange={(event) => setSudo(event.target.checked)} />
          As root, by sudo
        </label>
        <label className="check">
          Give up on a host after
          <select
            className="field run-deadline"
            value={seconds}
            onChange={(event) => setSeconds(Number(event.target.value))}
          >
            {deadlines.map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </select>
        </label>
        <span id={`${id}-hint`} className="hint">
          <kbd>↑</kbd> brings back what was run before. The command has no input and no terminal.
        </span>
      </div>
    </form>
  );
}
