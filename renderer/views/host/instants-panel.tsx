import type { Process } from '../../../main/contract/samples.ts';
import {
  formatDateTime,
  formatMemory,
  formatPercent,
  formatTime,
  unknown,
} from '../../../main/domain/present/units.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { zoneAt } from '../../state/clock.ts';
import { compareWith, markInstant, useComparison, useMarked } from '../../state/compare.ts';
import { useOtherInstant } from '../../state/compared.ts';
import { cursorInstant, useCursor } from '../../state/cursor.ts';
import { useHostView } from '../../state/fleet.ts';
import { askInstant, type Instant, pairProcesses, readingRows } from '../../state/instants.ts';
import { useHistoryVersion } from '../../state/replay.ts';
import { openShare } from '../../state/share/open-share.ts';
import { secondOf } from '../../state/use-instant.ts';
import { type Answered, useNewest } from '../../state/use-newest.ts';

/** A table is read, and not watched. */
const pauseMs = 200;
const shownProcesses = 10;

/** One instant of a dump: its readings and its busiest processes, beside those of another instant where one is chosen. */
export function InstantsPanel({ hostId }: { hostId: string }) {
  const newest = useHostView(hostId)?.glance?.at ?? null;
  const at = useCursor((cursor) => secondOf(cursorInstant(cursor) ?? newest));
  const other = useOtherInstant(hostId, at);
  const ours = useInstantOf(hostId, at);
  const theirs = useInstantOf(other?.hostId ?? hostId, other?.at ?? null);
  const otherView = useHostView(other?.hostId ?? hostId);
  if (at === null) return null;
  // While the cursor moves, what is shown was answered for where it was, and is told as of then.
  const values = { ours: ours?.answer ?? null, theirs: other === null ? null : (theirs?.answer ?? null) };
  const shownAt = ours?.value ?? at;
  const theirName = other === null || other.hostId === hostId ? '' : `${visible(otherView?.host.name ?? '', 40)} `;
  const names = {
    ours: timeOf(ours?.value ?? at),
    theirs: other === null ? null : `${theirName}${timeOf(theirs?.value ?? other.at)}`,
  };
  return (
    <section className="panel" aria-labelledby="instants">
      <h2 id="instants">
        {other === null ? 'At the cursor' : 'Side by side'}{' '}
        <span className="faint number">{formatDateTime(shownAt, zoneAt(shownAt))}</span>
      </h2>
      <Marking hostId={hostId} at={at} />
      <div className="instants">
        <Readings {...values} names={names} />
        <Processes {...values} names={names} />
      </div>
    </section>
  );
}

function timeOf(at: number): string {
  return formatTime(at, zoneAt(at));
}

function useInstantOf(hostId: string, at: number | null): Answered<number, Instant> | null {
  const version = useHistoryVersion(hostId);
  const ask = (instant: number) => askInstant(hostId, instant);
  return useNewest({ of: hostId, value: at, version, pauseMs, ask });
}

/** Holds an instant, so that another one of the same dump can be held against it. */
function Marking({ hostId, at }: { hostId: string; at: number }) {
  const marked = useMarked();
  const comparison = useComparison();
  if (marked === null) {
    return (
      <p className="actions">
        <button type="button" className="button button-small" onClick={() => markInstant(at)}>
          Mark this instant
        </button>
        <button type="button" className="button button-small" onClick={() => openShare(hostId, 'report')}>
          Report of this moment …
        </button>
        <span className="hint">Marked, it stands beside any other that the cursor moves to.</span>
      </p>
    );
  }
  const apart = at - marked;
  const drawn = comparison.kind === 'before' && comparison.ms === apart;
  return (
    <p className="actions">
      <button type="button" className="button button-small" onClick={() => markInstant(null)}>
        Let go of {formatTime(marked, zoneAt(marked))}
      </button>
      <button
        type="button"
        className="button button-small"
        disabled={apart === 0 || drawn}
        onClick={() => compareWith({ kind: 'before', ms: apart })}
      >
        Draw both in the charts
      </button>
    </p>
  );
}

interface BesideProps {
  readonly ours: Instant | null;
  readonly theirs: Instant | null;
  /** What stands above the columns; no second one where nothing is compared. */
  readonly names: { readonly ours: string; readonly theirs: string | null };
}

function Readings({ ours, theirs, names }: BesideProps) {
  return (
    <table className="table">
      <caption className="unseen">Readings</caption>
      <thead>
        <tr>
          <th scope="col">Reading</th>
          <th scope="col" className="right">
            {names.ours}
          </th>
          {names.theirs !== null && (
            <>
              <th scope="col" className="right">
                {names.theirs}
              </th>
              <th scope="col" className="right">
                Difference
              </th>
            </>
          )}
        </tr>
      </thead>
      <tbody>
        {readingRows(ours, theirs).map((row) => (
          <tr key={row.name}>
            <th scope="row">{row.name}</th>
            <td className="number right">{row.ours}</td>
            {names.theirs !== null && (
              <>
                <td className="number right">{row.theirs}</td>
                <td className="number right">{row.difference}</td>
              </>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Processes({ ours, theirs, names }: BesideProps) {
  const pairs = pairProcesses(ours?.processes ?? null, theirs?.processes ?? null, shownProcesses);
  if (pairs.length === 0) return <p className="hint">No process list was recorded here.</p>;
  return (
    <table className="table">
      <caption className="unseen">The busiest processes</caption>
      <thead>
        <tr>
          <th scope="col">Process</th>
          <th scope="col" className="right">
            {names.theirs === null ? 'CPU of one core' : `CPU ${names.ours}`}
          </th>
          {names.theirs !== null && (
            <th scope="col" className="right">
              CPU {names.theirs}
            </th>
          )}
          <th scope="col" className="right">
            Memory
          </th>
          {names.theirs !== null && (
            <th scope="col" className="right">
              Memory {names.theirs}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {pairs.map((pair) => (
          <tr key={pair.key}>
            <th scope="row" className="ellipsis process-pair">
              {visible(pair.name, 40)} <span className="faint number">{pidWords(pair.ours, pair.theirs)}</span>
            </th>
            <td className="number right">{cpuWords(pair.ours)}</td>
            {names.theirs !== null && <td className="number right">{cpuWords(pair.theirs)}</td>}
            <td className="number right">{formatMemory(pair.ours?.memory_bytes ?? null)}</td>
            {names.theirs !== null && (
              <td className="number right">{formatMemory(pair.theirs?.memory_bytes ?? null)}</td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function cpuWords(process: Process | null): string {
  return process === null ? unknown : formatPercent(process.cpu_percent);
}

function pidWords(ours: Process | null, theirs: Process | null): string {
  if (ours === null || theirs === null || ours.pid === theirs.pid) return String(ours?.pid ?? theirs?.pid ?? '');
  return `${ours.pid}, ${theirs.pid}`;
}
