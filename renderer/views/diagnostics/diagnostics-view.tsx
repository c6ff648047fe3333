import { type FormEvent, useEffect, useId, useState } from 'react';
import type { Fault } from '../../../main/contract/faults.ts';
import { formatBytes, formatDateTime } from '../../../main/domain/present/units.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { api } from '../../api/rackside.ts';
import { zoneAt } from '../../state/clock.ts';
import { useFleet } from '../../state/fleet.ts';
import { openDump } from '../../state/open-dump.ts';
import { toastFault, told } from '../../state/toasts.ts';
import { Recordings } from './recordings.tsx';

interface Dump {
  readonly path: string;
  readonly modifiedAt: number;
  readonly bytes: number;
}

async function openRecent(path: string): Promise<void> {
  const fault = await openDump(path);
  if (fault !== null) toastFault('Open dump', fault);
}

/** Recordings that run, and dumps to open. */
export function DiagnosticsView() {
  return (
    <div className="view diagnostics">
      <header className="view-head">
        <h1>Diagnostics</h1>
        <p className="view-summary">Record what hosts say, and look at it again in the same views.</p>
      </header>
      <Recordings />
      <section className="panel" aria-labelledby="open-dump">
        <h2 id="open-dump">Open a dump</h2>
        <OpenDumpForm />
        <RecentDumps />
      </section>
    </div>
  );
}

function OpenDumpForm() {
  const [path, setPath] = useState('');
  const [fault, setFault] = useState<Fault | null>(null);
  const problem = useId();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setFault(await openDump(path.trim()));
  };
  return (
    <form className="open-dump" onSubmit={(event) => void submit(event)}>
      <input
        className="field mono"
        aria-label="Path of a dump"
        aria-invalid={fault !== null}
        aria-describedby={problem}
        placeholder="/path/to/dump, a folder with commands.log and samples.log"
        required
        value={path}
        onChange={(event) => {
          setPath(event.target.value);
          setFault(null);
        }}
        spellCheck={false}
      />
      <button type="submit" className="button button-primary">
        Open
      </button>
      <p id={problem} className="field-problem text-bad" aria-live="polite">
        {fault === null ? '' : visible(fault.message, 600)}
      </p>
    </form>
  );
}

function RecentDumps() {
  const [dumps, setDumps] = useState<readonly Dump[] | null>(null);
  const recordings = useFleet(({ ids, views }) => ids.filter((id) => views[id]?.recording !== null).length);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a recording that starts or ends makes or ends a dump
  useEffect(() => {
    const abort = new AbortController();
    void told('Recent dumps', api()['dumps.recent']({}, abort.signal)).then((answer) => {
      if (!abort.signal.aborted) setDumps(answer?.dumps ?? []);
    });
    return () => abort.abort();
  }, [recordings]);
  if (dumps === null) return <p className="hint">Looking for recent dumps …</p>;
  if (dumps.length === 0) return <p className="hint">No recent dumps.</p>;
  return (
    <ul className="options" aria-label="Recent dumps">
      {dumps.map((dump) => (
        <li key={dump.path}>
          <button type="button" className="option" onClick={() => void openRecent(dump.path)}>
            <span className="mono ellipsis">
              <span className="unseen">Open </span>
              {visible(dump.path, 400)}
            </span>
            <span className="faint number">{formatDateTime(dump.modifiedAt, zoneAt(dump.modifiedAt))}</span>
            <span className="number option-end">{formatBytes(dump.bytes)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
