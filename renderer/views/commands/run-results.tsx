import { useMemo, useState } from 'react';
import {
  countWords,
  groupRuns,
  hasEnded,
  type RunGroup,
  runTone,
  runWord,
  tookWords,
} from '../../../main/domain/present/run-groups.ts';
import { faultWords, visible, visibleLines } from '../../../main/domain/present/words.ts';
import { useRun } from '../../state/command-runs.ts';
import { toast, told } from '../../state/toasts.ts';

/** More groups than anybody reads are not drawn before they are asked for; so with the names of a group. */
const firstGroups = 30;
const firstNames = 12;

/** What came of it: hosts that differ first, those where the same happened together, then those where it still runs. */
export function RunResults() {
  const hosts = useRun((state) => state.hosts);
  const runs = useRun((state) => state.runs);
  const [all, setAll] = useState(false);
  const groups = useMemo(() => {
    const named = hosts.flatMap(({ id, name }) => (runs[id] === undefined ? [] : [{ name, run: runs[id] }]));
    return groupRuns(named, 'differing');
  }, [hosts, runs]);
  const left = hosts.filter(({ id }) => runs[id] === undefined || !hasEnded(runs[id]));
  const shown = all ? groups : groups.slice(0, firstGroups);
  return (
    <div className="run-groups">
      {shown.map((group) => (
        <Group key={group.runs[0]?.run.hostId} group={group} />
      ))}
      {shown.length < groups.length && (
        <button type="button" className="button" onClick={() => setAll(true)}>
          Show {groups.length - shown.length} more results
        </button>
      )}
      {left.length > 0 && (
        <p className="run-left faint">
          {countWords(left.length)} still at it: {namesOf(left.map(({ name }) => name))}
        </p>
      )}
    </div>
  );
}

function Group({ group }: { group: RunGroup }) {
  const { runs, run } = group;
  const [allNames, setAllNames] = useState(false);
  const names = runs.map(({ name }) => name);
  const output = [run.stdout, run.stderr].filter((text) => text !== '').join('\n');
  return (
    <section className="run-group" aria-label={`${countWords(runs.length)}, ${runWord(run)}`}>
      <header className="run-group-head">
        <span className={`run-exit run-exit-${runTone(run)}`}>{runWord(run)}</span>
        <span className="run-names">
          <strong>{countWords(runs.length)}</strong> {allNames ? visible(names.join(', '), 100_000) : namesOf(names)}
          {!allNames && names.length > firstNames && (
            <button type="button" className="button button-small button-quiet" onClick={() => setAllNames(true)}>
              all names
            </button>
          )}
        </span>
        <span className="faint run-took">{tookWords(runs)}</span>
        {output !== '' && (
          <button type="button" className="button button-small" onClick={() => copy(output)}>
            Copy
          </button>
        )}
      </header>
      {run.stdout !== '' && <pre className="run-output selectable">{visibleLines(run.stdout)}</pre>}
      {run.stderr !== '' && <pre className="run-output run-stderr selectable">{visibleLines(run.stderr)}</pre>}
      {run.state === 'done' && output === '' && <p className="faint">It printed nothing.</p>}
      {run.truncated && <p className="hint">It printed more than is shown here.</p>}
      {run.fault !== null && run.state === 'failed' && <FaultLine group={group} />}
    </section>
  );
}

function FaultLine({ group }: { group: RunGroup }) {
  const { fault } = group.run;
  if (fault === null) return null;
  const { text, command } = faultWords(fault);
  return (
    <>
      <p className="selectable">{visible(text, 2000)}</p>
      {command !== null && <code className="note-command selectable">{visible(command, 2000)}</code>}
    </>
  );
}

function namesOf(names: readonly string[]): string {
  const shown = names.slice(0, firstNames).map((name) => visible(name, 60));
  const more = names.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}

function copy(text: string): void {
  void told(
    'Copy output',
    navigator.clipboard.writeText(text).then(() => toast('Output copied.')),
  );
}
