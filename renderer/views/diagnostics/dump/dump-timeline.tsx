import { memo, useRef, useState } from 'react';
import type { Timeline } from '../../../../main/contract/dump-entries.ts';
import { formatCount, formatDateTime } from '../../../../main/domain/present/units.ts';
import { zoneAt } from '../../../state/clock.ts';
import { goToInstant, setFilter } from '../../../state/dump/dump-list.ts';
import { type DumpSession, useDump } from '../../../state/dump/dump-session.ts';
import { barsPath, placeIn, stepAt, timelineSpan, timelineWords } from '../../../state/dump/timeline-shape.ts';

/** Less than that is a click with a trembling hand. */
const leastBrushPx = 4;

/**
 * How much happened when, over all of the dump. A click goes to an instant, dragging filters a span. Failures are marks
 * of their own below the bars, so that one among thousands is seen.
 */
export function DumpTimeline({ session }: { session: DumpSession }) {
  const timeline = useDump(session, (state) => state.timeline);
  const at = useDump(session, (state) => state.chosen?.at ?? null);
  const status = useDump(session, (state) => state.status);
  const [brush, setBrush] = useState<{ from: number; to: number } | null>(null);
  const [pointed, setPointed] = useState<number | null>(null);
  const area = useRef<HTMLDivElement>(null);
  const beganPx = useRef(0);
  if (timeline === null || timeline.entries.length === 0) return <div className="timeline timeline-empty" />;
  const { from, to } = timelineSpan(timeline, status);
  const instantAt = (clientX: number): number => {
    const box = area.current?.getBoundingClientRect();
    if (box === undefined || box.width === 0) return from;
    return Math.round(from + Math.min(1, Math.max(0, (clientX - box.left) / box.width)) * (to - from));
  };
  const end = (event: React.PointerEvent) => {
    if (brush === null) return;
    setBrush(null);
    if (Math.abs(event.clientX - beganPx.current) < leastBrushPx)
      return void goToInstant(session, instantAt(event.clientX));
    const { filter } = session.store.getState();
    setFilter(session, { ...filter, from: Math.min(brush.from, brush.to), to: Math.max(brush.from, brush.to) });
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const steps = { ArrowLeft: -1, ArrowRight: 1, PageUp: -20, PageDown: 20 }[event.key];
    const edge = { Home: from, End: to }[event.key];
    if (steps === undefined && edge === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    // From the end of a step: the last entry of the next one is what is gone to.
    const here = stepAt(timeline, at ?? from);
    void goToInstant(session, edge ?? Math.min(to, timeline.from + (here + 1 + (steps ?? 0)) * timeline.stepMs - 1));
  };
  return (
    <div className="timeline">
      <div
        ref={area}
        className="timeline-area"
        role="slider"
        aria-label="Timeline"
        aria-valuemin={from}
        aria-valuemax={to}
        aria-valuenow={at ?? from}
        aria-valuetext={timelineWords(timeline, at ?? from, zoneAt)}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          beganPx.current = event.clientX;
          const instant = instantAt(event.clientX);
          setBrush({ from: instant, to: instant });
        }}
        onPointerMove={(event) => {
          const instant = instantAt(event.clientX);
          setPointed(instant);
          if (brush !== null) setBrush({ ...brush, to: instant });
        }}
        onPointerLeave={() => setPointed(null)}
        onPointerUp={end}
        onPointerCancel={() => setBrush(null)}
      >
        <TimelineDrawing timeline={timeline} from={from} to={to} />
        <TimelineMarks session={session} from={from} to={to} brush={brush} />
      </div>
      <TimelineLegend timeline={timeline} from={from} to={to} pointed={pointed ?? at} />
    </div>
  );
}

const drawingHeight = 100;

/** Drawn again when there is more, and not when the pointer moves. */
const TimelineDrawing = memo(function TimelineDrawing({ timeline, from, to }: Spanned) {
  const { entries, failures, gaps, stepMs } = timeline;
  const drawn = { from: timeline.from, to: timeline.from + stepMs * entries.length };
  return (
    <>
      {gaps.map((gap) => (
        <span key={gap.from} className="timeline-gap" style={placeIn(gap, { from, to })} />
      ))}
      <svg
        className="timeline-drawing"
        style={placeIn(drawn, { from, to })}
        viewBox={`0 0 ${entries.length} ${drawingHeight}`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <path className="timeline-volume" d={barsPath(entries, 0, 76)} />
        <path className="timeline-failures" d={barsPath(failures, 82, drawingHeight)} />
      </svg>
    </>
  );
});

interface Spanned {
  readonly timeline: Timeline;
  readonly from: number;
  readonly to: number;
}

interface MarksProps {
  readonly session: DumpSession;
  readonly from: number;
  readonly to: number;
  readonly brush: { readonly from: number; readonly to: number } | null;
}

/** What moves over the drawing: it is not drawn again for them. */
function TimelineMarks({ session, from, to, brush }: MarksProps) {
  const at = useDump(session, (state) => state.chosen?.at ?? null);
  const seen = useDump(session, (state) => state.seen);
  const notes = useDump(session, (state) => state.notes);
  const filter = useDump(session, (state) => state.filter);
  const all = { from, to };
  const place = (at: number) => ({ left: placeIn({ from: at, to: at }, all).left });
  const span =
    brush ??
    (filter.from === undefined && filter.to === undefined ? null : { from: filter.from ?? from, to: filter.to ?? to });
  return (
    <>
      {span !== null && <span className="timeline-span" style={placeIn(span, all)} />}
      {seen !== null && <span className="timeline-seen" style={placeIn(seen, all)} />}
      {notes.map((note) => (
        <span key={note.id} className="timeline-note" style={place(note.at)} />
      ))}
      {at !== null && <span className="timeline-here" style={place(at)} />}
    </>
  );
}

function TimelineLegend({ timeline, from, to, pointed }: Spanned & { pointed: number | null }) {
  return (
    <p className="timeline-legend number" aria-hidden="true">
      <span>{formatDateTime(from, zoneAt(from))}</span>
      <span className="timeline-words">
        {pointed === null ? 'Click to go there, drag to filter a span' : timelineWords(timeline, pointed, zoneAt)}
      </span>
      <span>
        {timeline.gaps.length > 0 &&
          `${formatCount(timeline.gaps.length)} ${timeline.gaps.length === 1 ? 'gap' : 'gaps'} · `}
        {formatDateTime(to, zoneAt(to))}
      </span>
    </p>
  );
}
