import { type FormEvent, useEffect, useState } from 'react';
import { formatBytes, formatCount, formatDateTime } from '../../../main/domain/present/units.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { api } from '../../api/rackside.ts';
import { Icon } from '../../parts/icon.tsx';
import { zoneAt } from '../../state/clock.ts';
import { useFleet } from '../../state/fleet.ts';
import { go, routeHash } from '../../state/route.ts';
import { told } from '../../state/toasts.ts';

interface Dump {
  readonly path: string;
  readonly modifiedAt: number;
  readonly bytes: number;
}

async function open(path: string): Promise<void> {
  const host = await told('Open dump', api()['dumps.open']({ path }));
  if (host !== null) go({ view: 'host', hostId: host.id });
}

/** Recordings that run, and dumps to open. */
export function DiagnosticsView() {
  const [path, setPath] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void open(path.trim());
  };
  return (
    <div className="view diagnostics">
      <header className="view-head">
        <h1>Diagnostics</h1>
        <p className="view-summary">Record what hosts say, and look at it again in the same views.</p>
      </header>
      <Recordings />
      <section className="panel" aria-labelledby="open-dump">
        <h2 id="open-dump">Open a dump</h2>
        <form className="open-dump" onSubmit={submit}>
          <input
            className="field mono"
            aria-label="Path of a dump"
            placeholder="/path/to/dump, a folder with commands.log and samples.log"
            required
            value={path}
            onChange={(event) => setPath(event.target.value)}
            spellCheck={false}
          />
          <button type="submit" className="button button-primary">
            Open
          </button>
        </form>
        <RecentDumps />
      </section>
    </div>
  );
}

function Recordings() {
  const views = useFleet((state) => state.views);
  const running = Object.values(views).filter((view) => view.recording !== null);
  return (
    <section className="panel" aria-labelledby="recordings">
      <h2 id="recordings">Recordings</h2>
      {running.length === 0 && (
        <p className="hint">
          None is running. A host's page has a Record button; everything the host says goes into a folder.
        </p>
      )}
      <ul className="recordings">
        {running.map(({ host, recording }) => (
          <li key={host.id}>
            <Icon name="record" filled />
            <a href={routeHash({ view: 'host', hostId: host.id })}>{visible(host.name, 120)}</a>
            <span className="mono faint ellipsis">{recording?.directory}</span>
            <span className="number">{formatCount(recording?.entries ?? null)} entries</span>
            <span className="number">{formatBytes(recording?.bytes ?? null)}</span>
            {recording?.fault != null && (
              <strong className="text-bad">stopped: {visible(recording.fault.message, 400)}</strong>
            )}
            <button
              type="button"
              className="button button-small"
              aria-label={`Stop recording ${host.name}`}
              onClick={() => void told('Stop recording', api()['dumps.stop']({ hostId: host.id }))}
            >
              Stop
            </button>
          </li>
        ))}
      </ul>
    </section>
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
          <button type="button" className="option" onClick={() => void open(dump.path)}>
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
