import { useMemo } from 'react';
import { formatAge, formatDateTime, formatDuration, unknown } from '../../main/domain/present/units.ts';
import { useClock, zoneAt } from '../state/clock.ts';
import { cursorInstant, useCursor } from '../state/cursor.ts';
import { usePast, type Watched } from '../state/freshness.ts';

interface DataAgeProps {
  readonly view: Watched;
  readonly at: number | null;
  /** In a cell: there the day of a dump is enough, and what comes every few seconds is of now. */
  readonly brief?: boolean;
}

/** Two rounds: of many hosts the seconds between them are a flicker that tells nothing, and costs drawing all rows. */
const briefNowSeconds = 10;

/**
 * How old data is that was collected at an instant, counted by the console's clock; says `stale` where nothing newer
 * is coming. A replay shows the instant instead: a dump does not age.
 */
export function DataAge({ view, at, brief = false }: DataAgeProps) {
  const age = useClock((now) => (at === null ? unknown : ageOf((now - at) / 1000, brief)));
  const stale = usePast(view, at);
  // Another age every second, of the same instant.
  const text = useMemo(() => (at === null ? '' : formatDateTime(at, zoneAt(at))), [at]);
  if (at === null) return <span className="age">{unknown}</span>;
  if (view.connection.state === 'replay') {
    return (
      <span className="age" title={text}>
        {text.slice(0, brief ? 10 : 16)}
      </span>
    );
  }
  return (
    <span className={stale ? 'age age-stale' : 'age'} title={`Newest data: ${text}`}>
      {stale && <span className="age-word">stale</span>}
      {age}
    </span>
  );
}

export function ageOf(seconds: number, brief: boolean): string {
  return formatAge(brief && seconds < briefNowSeconds ? 0 : seconds);
}

/**
 * The age of what the host's own page shows. In a replay it counts from the cursor. Of a live host that the page speaks of
 * the past of, it says that this is not the past: only readings and processes are kept.
 */
export function ShownAge({ view, at }: { view: Watched; at: number | null }) {
  const replay = view.connection.state === 'replay';
  const words = useCursor((cursor) => (replay ? beforeWords(at, cursorInstant(cursor)) : null));
  if (words !== null && at !== null) {
    return (
      <span className="age" title={`Collected ${formatDateTime(at, zoneAt(at))}`}>
        {words}
      </span>
    );
  }
  return (
    <>
      <NowNotThen view={view} />
      <DataAge view={view} at={at} />
    </>
  );
}

/** Where the page of a live host speaks of the past, and this part of it does not. */
export function NowNotThen({ view }: { view: Watched }) {
  const replay = view.connection.state === 'replay';
  const isOther = useCursor(({ pinned }) => !replay && pinned !== null);
  if (!isOther) return null;
  return (
    <span className="tag" title="Of the past of a host its charts and processes are kept; this is what is so now.">
      now, not then
    </span>
  );
}

/** How long before the second that the cursor names; null where it is nowhere, or has just left what is shown behind it. */
export function beforeWords(at: number | null, cursor: number | null): string | null {
  if (at === null || cursor === null) return null;
  const seconds = Math.floor(cursor / 1000) - Math.floor(at / 1000);
  if (seconds < 0) return null;
  return seconds === 0 ? 'at this instant' : `${formatDuration(seconds)} earlier`;
}
