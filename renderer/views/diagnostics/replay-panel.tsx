import { useEffect, useState } from 'react';
import type { Entry } from '../../../main/contract/console.ts';
import { formatBytes, formatDateTime, formatTime } from '../../../main/domain/present/units.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { api } from '../../api/rackside.ts';
import { zoneAt } from '../../state/clock.ts';
import { cursorInstant, useCursor } from '../../state/cursor.ts';
import { useHostView } from '../../state/fleet.ts';
import { told } from '../../state/toasts.ts';
import { RawOutput } from './raw-output.tsx';

/** How far around the cursor entries are listed: more than one slow round of fast samples. */
const aroundMs = 30_000;
const limit = 200;

interface Listing {
  readonly at: number;
  readonly entries: readonly Entry[];
  readonly more: boolean;
}

/** The commands that ran around the cursor's instant, and what each of them printed, byte for byte. */
export function ReplayPanel({ hostId }: { hostId: string }) {
  const fast = useHostView(hostId)?.fast ?? null;
  const newest = fast === null ? null : Date.parse(fast.collected_at);
  const cursor = useCursor(cursorInstant);
  const at = Math.round((cursor ?? newest ?? 0) / 1000) * 1000;
  const [listing, setListing] = useState<Listing | null>(null);
  const [chosen, setChosen] = useState<Entry | null>(null);

  useEffect(() => {
    if (at === 0) return;
    const abort = new AbortController();
    // A cursor on the move asks when it rests.
    const timer = setTimeout(() => {
      const request = { hostId, from: at - aroundMs, to: at + aroundMs, limit };
      void told('Entries', api()['dumps.entries'](request, abort.signal)).then((answer) => {
        if (answer !== null && !abort.signal.aborted) setListing({ at, ...answer });
      });
    }, 150);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [hostId, at]);

  return (
    <section className="panel" aria-labelledby="commands">
      <h2 id="commands">
        Commands <span className="faint number">{at === 0 ? '' : `around ${formatDateTime(at, zoneAt(at))}`}</span>
      </h2>
      {listing === null && <p className="hint">Reading …</p>}
      {listing !== null && listing.entries.length === 0 && (
        <p className="hint">No command ended within 30 s of that instant.</p>
      )}
      <div className="replay-columns">
        <ul className="entries" aria-label="Commands around the cursor">
          {listing?.entries.map((entry) => (
            <li key={entry.offset}>
              <button
                type="button"
                className="entry"
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
  const failed = entry.error !== null || (entry.exit !== null && entry.exit !== 0);
  const words = entry.error !== null ? 'not run' : `exit ${entry.exit ?? '?'}`;
  return (
    <span className="entry-end number">
      {entry.torn && <span className="tag">torn</span>}
      <span className={failed ? 'text-warn' : 'faint'}>{words}</span>
      <span>{formatBytes(entry.size)}</span>
    </span>
  );
}
