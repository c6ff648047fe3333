import { useEffect, useRef, useState } from 'react';
import { formatDateTime } from '../../../main/domain/present/units.ts';
import { type ChartData, holeAt, pointAt } from '../../state/chart-data.ts';
import { zoneAt } from '../../state/clock.ts';
import {
  clearCursor,
  cursorInstant,
  cursorStore,
  moveCursor,
  pinCursor,
  steppedInstant,
  useCursor,
} from '../../state/cursor.ts';
import { holeLabel, holeWords } from '../../state/hole-words.ts';
import { type Span, zoomedAround, zoomTo } from '../../state/range.ts';
import type { ChartLine } from './time-chart.tsx';

/** Where the plot lies in the chart's box, in pixels: recharts is told the same. */
export const plot = { left: 62, right: 10, top: 6, bottom: 8, axis: 22 } as const;

interface ChartOverlayProps {
  readonly name: string;
  readonly data: ChartData;
  readonly span: Span;
  readonly lines: readonly ChartLine[];
  readonly format: (value: number) => string;
  /** Height of the time axis below the plot. */
  readonly bottom: number;
  /** Whether wide holes say what they are: once in a stack of charts is enough. */
  readonly labelled: boolean;
}

/** The least share of a chart that a hole must have for words to fit. */
const labelShare = 0.25;

/** How many arrows cross a chart: at a quarter of an hour one of them skips no live sample. */
const stepsAcross = 450;

/** A drag shorter than this is a click. */
const dragPixels = 4;

/**
 * Cursor, pin, holes and selection over one chart, as plain elements. The cursor's store moves them by hand, so a
 * moving pointer draws no chart again.
 */
export function ChartOverlay({ name, data, span, lines, format, bottom, labelled }: ChartOverlayProps) {
  const area = useRef<HTMLDivElement>(null);
  const cursorLine = useRef<HTMLDivElement>(null);
  const pinLine = useRef<HTMLDivElement>(null);
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null);
  const width = span.to - span.from;
  const spoken = useSpoken(data, span, lines, format);

  useEffect(() => {
    function place(): void {
      const { at, pinned } = cursorStore.getState();
      placeLine(cursorLine.current, at, span);
      placeLine(pinLine.current, pinned, span);
    }
    place();
    return cursorStore.subscribe(place);
  }, [span]);

  function instantAt(clientX: number): number {
    const box = area.current?.getBoundingClientRect();
    if (box === undefined || box.width === 0) return span.to;
    const share = Math.min(1, Math.max(0, (clientX - box.left) / box.width));
    return span.from + share * width;
  }

  function pixels(from: number, to: number): number {
    return (Math.abs(to - from) / width) * (area.current?.clientWidth ?? 0);
  }

  function onKeyDown(event: React.KeyboardEvent): void {
    const cursor = cursorStore.getState();
    const at = cursorInstant(cursor);
    const step = Math.max(1000, width / stepsAcross) * (event.shiftKey ? 10 : 1);
    if (event.key === 'ArrowLeft') moveCursor(steppedInstant(cursor, -step, span));
    else if (event.key === 'ArrowRight') moveCursor(steppedInstant(cursor, step, span));
    else if (event.key === 'Home') moveCursor(span.from);
    else if (event.key === 'End') moveCursor(span.to);
    else if (event.key === 'Enter' || event.key === ' ') pinCursor(at ?? span.to);
    else if (event.key === 'Escape') clearCursor();
    else if (event.key === '+' || event.key === '=') zoomTo(zoomedAround(span, at ?? span.to, 0.5));
    else if (event.key === '-') zoomTo(zoomedAround(span, at ?? span.to, 2));
    else if (event.key === '0') zoomTo(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function onPointerUp(event: React.PointerEvent): void {
    if (drag === null) return;
    const to = instantAt(event.clientX);
    setDrag(null);
    if (pixels(drag.from, to) < dragPixels) pinCursor(to);
    else zoomTo({ from: Math.min(drag.from, to), to: Math.max(drag.from, to) });
  }

  const share = (at: number) => `${((at - span.from) / width) * 100}%`;
  return (
    <div
      ref={area}
      className="overlay"
      style={{ left: plot.left, right: plot.right, top: plot.top, bottom }}
      role="slider"
      tabIndex={0}
      aria-label={`${name} chart, time cursor`}
      aria-valuemin={Math.round(span.from / 1000)}
      aria-valuemax={Math.round(span.to / 1000)}
      aria-valuenow={spoken.now}
      aria-valuetext={spoken.text}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const at = instantAt(event.clientX);
        setDrag({ from: at, to: at });
      }}
      onPointerMove={(event) => {
        const at = instantAt(event.clientX);
        moveCursor(at);
        if (drag !== null) setDrag({ from: drag.from, to: at });
      }}
      onPointerUp={onPointerUp}
      onPointerCancel={() => setDrag(null)}
      onPointerLeave={() => drag === null && moveCursor(null)}
      onDoubleClick={() => zoomTo(null)}
    >
      {data.holes.map((hole) => (
        <div
          key={hole.from}
          className={hole.gap === null ? 'hole hole-plain' : 'hole'}
          title={holeWords(hole)}
          style={{
            left: share(Math.max(hole.from, span.from)),
            right: `calc(100% - ${share(Math.min(hole.to, span.to))})`,
          }}
        >
          {labelled && hole.to - hole.from > labelShare * width && (
            <span className="hole-label ellipsis" aria-hidden="true">
              {holeLabel(hole, span)}
            </span>
          )}
        </div>
      ))}
      {drag !== null && pixels(drag.from, drag.to) >= dragPixels && (
        <div
          className="selection"
          style={{
            left: share(Math.min(drag.from, drag.to)),
            right: `calc(100% - ${share(Math.max(drag.from, drag.to))})`,
          }}
        />
      )}
      <div ref={pinLine} className="pin-line" />
      <div ref={cursorLine} className="cursor-line" />
    </div>
  );
}

function placeLine(line: HTMLElement | null, at: number | null, span: Span): void {
  if (line === null) return;
  const shown = at !== null && at >= span.from && at <= span.to;
  line.style.display = shown ? 'block' : 'none';
  if (shown) line.style.left = `${((at - span.from) / (span.to - span.from)) * 100}%`;
}

/** What a reader of the page hears of the slider; whole seconds, so that it does not change under a still pointer. */
function useSpoken(data: ChartData, span: Span, lines: readonly ChartLine[], format: (value: number) => string) {
  const at = useCursor((cursor) => Math.round((cursorInstant(cursor) ?? span.to) / 1000) * 1000);
  const time = formatDateTime(at, zoneAt(at));
  const hole = holeAt(data, at);
  const point = pointAt(data, at);
  const values = lines.map(({ reading, name }) => {
    const value = point?.values[reading] ?? null;
    return `${name} ${value === null ? 'unknown' : format(value)}`;
  });
  return { now: Math.round(at / 1000), text: `${time}, ${hole === null ? values.join(', ') : holeWords(hole)}` };
}
