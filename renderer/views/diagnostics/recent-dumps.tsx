import { useEffect, useState } from 'react';
import type { RecentDump } from '../../../main/contract/dumps.ts';
import { formatBytes, formatDateTime } from '../../../main/domain/present/units.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { api } from '../../api/rackside.ts';
import { IconButton } from '../../parts/icon-button.tsx';
import { zoneAt } from '../../state/clock.ts';
import { useFleet } from '../../state/fleet.ts';
import { openDump } from '../../state/open-dump.ts';
import { toastFault, told } from '../../state/toasts.ts';

async function openRecent(path: string): Promise<void> {
  const fault = await openDump(path);
  if (fault !== null) toastFault('Open dump', fault);
}

/** Dumps that were opened lately, wherever they lie, and those that were recorded here. */
export function RecentDumps() {
  const [dumps, setDumps] = useState<readonly RecentDump[] | null>(null);
  const recordings = useFleet(({ ids, views }) => ids.filter((id) => views[id]?.recording !== null).length);
  const open = useFleet(({ ids, views }) => ids.filter((id) => views[id]?.connection.state === 'replay').length);
  const [forgotten, setForgotten] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a recording that starts or ends makes or ends a dump
  useEffect(() => {
    const abort = new AbortController();
    void told('Recent dumps', api()['dumps.recent']({}, abort.signal)).then((answer) => {
      if (!abort.signal.aborted) setDumps(answer?.dumps ?? []);
    });
    return () => abort.abort();
  }, [recordings, open, forgotten]);
  if (dumps === null) return <p className="hint">Looking for recent dumps …</p>;
  if (dumps.length === 0) return <p className="hint">No recent dumps.</p>;
  const forget = async (path: string) => {
    await told('Forget dump', api()['dumps.forget']({ path }));
    setForgotten((count) => count + 1);
  };
  return (
    <ul className="options" aria-label="Recent dumps">
      {dumps.map((dump) => (
        <li key={dump.path} className={dump.missing ? 'recent-missing' : undefined}>
          {dump.missing ? (
            <>
              <span className="mono ellipsis faint">{visible(dump.path, 400)}</span>
              <span className="text-warn">not there any more</span>
              <IconButton
                quiet
                icon="close"
                label={`Forget ${visible(dump.path, 200)}`}
                title="Forget it"
                onClick={() => void forget(dump.path)}
              />
            </>
          ) : (
            <DumpOption dump={dump} />
          )}
        </li>
      ))}
    </ul>
  );
}

/** One dump that a click opens. */
export function DumpOption({ dump: { path, modifiedAt, bytes } }: { dump: RecentDump }) {
  return (
    <button type="button" className="option" onClick={() => void openRecent(path)}>
      <span className="mono ellipsis">
        <span className="unseen">Open </span>
        {visible(path, 400)}
      </span>
      <span className="faint number">{formatDateTime(modifiedAt, zoneAt(modifiedAt))}</span>
      <span className="number option-end">{formatBytes(bytes)}</span>
    </button>
  );
}
