import { useEffect, useState } from 'react';
import type { DumpStatus } from '../../../main/contract/dumps.ts';
import type { HostView } from '../../../main/contract/hosts.ts';
import { formatBytes, formatCount, formatPercent } from '../../../main/domain/present/units.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { link } from '../../api/rackside.ts';
import { Icon } from '../../parts/icon.tsx';
import { zoneAt } from '../../state/clock.ts';
import { useFleet } from '../../state/fleet.ts';
import { closeReplay } from '../../state/remove-hosts.ts';
import { routeHash } from '../../state/route.ts';
import { spanWords } from '../../state/share/share-words.ts';

/** Dumps that are open, with how far each is; nothing where none is. */
export function OpenDumps() {
  const ids = useFleet((state) => state.ids);
  const views = useFleet((state) => state.views);
  const open = ids.flatMap((id) => (views[id]?.connection.state === 'replay' ? [views[id]] : []));
  if (open.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="open-dumps">
      <h2 id="open-dumps">Open dumps</h2>
      <ul className="open-dumps">
        {open.map((view) => (
          <OpenDump key={view.host.id} view={view} />
        ))}
      </ul>
    </section>
  );
}

function OpenDump({ view: { host, connection } }: { view: HostView }) {
  const status = useStatus(host.id);
  const notes = connection.state === 'replay' ? connection.notes : [];
  const path = host.target.transport === 'replay' ? host.target.path : '';
  return (
    <li>
      <div className="open-dump-line">
        <Icon name="replay" />
        <a href={routeHash({ view: 'host', hostId: host.id })}>{visible(host.name, 120)}</a>
        <a href={routeHash({ view: 'dump', hostId: host.id })}>Commands</a>
        <span className="mono faint ellipsis" title={visible(path, 400)}>
          {visible(path, 400)}
        </span>
        <span className="number">{status === null ? '' : timeWords(status)}</span>
        <span className="number">{status === null ? '' : `${formatCount(status.entries)} entries`}</span>
        <span className="number">{status === null ? '' : formatBytes(status.bytes)}</span>
        <span className="number faint open-dump-progress">{status === null ? '' : progressWords(status)}</span>
        <button
          type="button"
          className="button button-small"
          aria-label={`Close ${visible(host.name, 120)}`}
          onClick={() => void closeReplay(host.id)}
        >
          Close
        </button>
      </div>
      {notes.map((note) => (
        <p key={note} className="open-dump-note">
          <Icon name="warn" />
          {visible(note, 400)}
        </p>
      ))}
    </li>
  );
}

/** The status of one dump, as long as it is listed. */
function useStatus(hostId: string): DumpStatus | null {
  const [status, setStatus] = useState<DumpStatus | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    void link.follow((client, signal) => client['dumps.status']({ hostId }, signal), abort.signal, setStatus);
    return () => abort.abort();
  }, [hostId]);
  return status;
}

function timeWords({ first, last }: DumpStatus): string {
  return first === null || last === null ? '' : spanWords({ from: first, to: last }, zoneAt);
}

function progressWords({ phase, fault, bytes, readBytes, replayed }: DumpStatus): string {
  if (phase === 'unpacking') return 'unpacking …';
  if (phase === 'failed') return visible(fault?.message ?? 'failed', 200);
  if (phase === 'indexing') return `reading ${formatPercent(bytes === 0 ? null : (100 * readBytes) / bytes, 0)}`;
  return replayed === 1 ? 'replayed' : `replaying ${formatPercent(Math.floor(100 * replayed), 0)}`;
}
