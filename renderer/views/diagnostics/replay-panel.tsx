import { useEffect, useRef, useState } from 'react';
import type { Entry } from '../../../main/contract/dump-entries.ts';
import { exitWords, hasFailed } from '../../../main/domain/present/entry-words.ts';
import { formatBytes, formatDateTime, formatDuration, formatTime } from '../../../main/domain/present/units.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { api } from '../../api/rackside.ts';
import { Icon } from '../../parts/icon.tsx';
import { zoneAt } from '../../state/clock.ts';
import { cursorInstant, useCursor } from '../../state/cursor.ts';
import { entriesAround, nearestEntry } from '../../state/entry-window.ts';
import { useHostView } from '../../state/fleet.ts';
import type { Span } from '../../state/range.ts';
import { useHistoryVersion, useReplay } from '../../state/replay.ts';
import { routeHash } from '../../state/route.ts';
import { told } from '../../state/toasts.ts';
import { secondOf } from '../../state/use-instant.ts';
import { useNewest } from '../../state/use-newest.ts';
import { RawOutput } from './raw-output.tsx';

const limit = 200;

/** The commands that ran around the cursor's instant, and what each of them printed, byte for byte. */
export function ReplayPanel({ hostId }: { hostId: string }) {
  const view = useHostView(hostId);
  const cadence = view?.cadenceSeconds ?? 30;
  const notes = view?.connection.state === 'replay' ? view.connection.notes : [];
  const last = useReplay(({ status }) => status?.last ?? null);
  const newest = view?.glance?.at ?? last;
  const at = useCursor((cursor) => secondOf(cursorInstant(cursor) ?? newest));
  const [chosen, setChosen] = useState<Entry | null>(null);
  const list = useRef<HTMLUListElement>(null);
  const version = useHistoryVersion(hostId);
  const ask = async (filter: Span) => {
    const page = await api()['dumps.page']({ hostId, filter, from: 0, limit });
    return { entries: page.entries, more: page.total > page.entries.length };
  };
  const shown = useNewest({
    of: hostId,
    value: at,
    version,
    pauseMs: 150,
    ask: (instant: number) => told('Entries', entriesAround(ask, instant, cadence)),
  });
  const listing = shown?.answer ?? null;

  // The list alone moves, and not the page: what is at the cursor stands in its middle.
  useEffect(() => {
    if (listing === null) return;
    const row = list.current?.querySelector<HTMLElement>('[aria-current]');
    if (list.current == null || row == null) return;
    list.current.scrollTop = row.offsetTop - list.current.offsetTop - list.current.clientHeight / 2;
  }, [listing]);

  const nearest = listing === null ? -1 : nearestEntry(listing.entries, listing.at);

  return (
    <section className="panel" aria-labelledby="commands">
      <h2 id="commands">
        Commands <span className="faint number">{at === null ? '' : `around ${formatDateTime(at, zoneAt(at))}`}</span>
        <a className="panel-link" href={routeHash({ view: 'dump', hostId })}>
          All commands <kbd>c</kbd>
        </a>
      </h2>
      {notes.length > 0 && (
        <ul className="note replay-notes" aria-label="What is wrong with this dump">
          {notes.map((note) => (
            <li key={note}>
              <Icon name="warn" />
              {visible(note, 600)}
            </li>
          ))}
        </ul>
      )}
      {listing === null && <p className="hint">Reading …</p>}
      {listing !== null && listing.entries.length === 0 && (
        <p className="hint">No command ended within {formatDuration(listing.aroundMs / 1000)} of that instant.</p>
      )}
      <div className="replay-columns">
        <ul ref={list} className="entries" aria-label="Commands around the cursor">
          {listing?.entries.map((entry, index) => (
            <li key={entry.offset}>
              <button
                type="button"
                className="entry"
                aria-current={index === nearest ? 'time' : undefined}
                aria-pressed={chosen?.offset === entry.offset}
                onClick={() => setChosen(entry)}
              >
                <span className="number faint">{formatTime(entry.at, zoneAt(entry.at))}</span>
                <span className="mono ellipsis">{visible(entry.command, 300)}</span>
                <EntryEnd entry={entry} />
              </button>
            </li>
          ))}
          {listing?.more === true && <li className="hint">Only the first {limit} are listed.</li>}
        </ul>
        {chosen !== null && <RawOutput key={chosen.offset} hostId={hostId} entry={chosen} />}
      </div>
    </section>
  );
}

function EntryEnd({ entry }: { entry: Entry }) {
  return (
    <span className="entry-end number">
      {entry.state !== 'sound' && <span className="tag">{entry.state}</span>}
      <span className={hasFailed(entry) ? 'text-warn' : 'faint'}>{exitWords(entry)}</span>
      <span>{formatBytes(entry.size)}</span>
    </span>
  );
}
