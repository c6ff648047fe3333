import { useEffect, useRef } from 'react';
import type { Level } from '../../../main/domain/present/levels.ts';
import { formatDateTime } from '../../../main/domain/present/units.ts';
import { type ChartData, type Hole, holeAt } from '../../state/chart-data.ts';
import { zoneAt } from '../../state/clock.ts';
import {
  beginBrush,
  clearCursor,
  cursorInstant,
  cursorStore,
  endBrush,
  moveCursor,
  pinCursor,
} from '../../state/cursor.ts';
import { holeLabel, holeWords } from '../../state/hole-words.ts';
import { type Span, zoomTo } from '../../state/range.ts';
import { chartKey } from './chart-keys.ts';

/** Where the plot lies in the chart's box, in pixels: recharts is told the same. */
export const plot = { left: 62, right: 10, top: 6, bottom: 8, axis: 22 } as const;

/** What happened at an instant, in a word. */
export interface ChartMark {
  readonly at: number;
  readonly label: string;
  /** Of one that is told elsewhere: it is no more than a line. */
  readonly tone?: Level;
}

const noMarks: readonly ChartMark[] = [];

interface ChartOverlayProps {
  readonly name: string;
  readonly data: ChartData;
  readonly span: Span;
  /** What the chart says of an instant that is in no hole, in words. */
  readonly speak: (at: number) => string;
  /** Height of the time axis below the plot. */
  readonly bottom: number;
  /** Whether wide holes say what they are: once in a stack of charts is enough. */
  readonly labelled: boolean;
  readonly marks?: readonly ChartMark[];
  /** Told where in the chart's height the pointer is, 0 to 1; null when it left. */
  readonly onHeight?: (share: number | null) => void;
  /** Told of the arrows up (-1) and down (1). */
  readonly onStep?: (by: -1 | 1) => void;
}

/** The least share of a chart that a hole must have for words to fit. */
const labelShare = 0.25;

/** Holes narrower than this share are a tint: many frames and hatches side by side would hide the lines between them. */
const hatchShare = 0.012;

/** A drag shorter than this is a click. */
const dragPixels = 4;

/**
 * Cursor, pin, holes and selection over one chart, as plain elements. The cursor's store moves them by hand, so a
 * moving pointer draws no chart again.
 */
export function ChartOverlay(props: ChartOverlayProps) {
  const { name, data, span, speak, bottom, labelled, marks = noMarks, onHeight, onStep } = props;
  const area = useRef<HTMLDivElement>(null);
  const cursorLine = useRef<HTMLDivElement>(null);
  const pinLine = useRef<HTMLDivElement>(null);
  const selection = useRef<HTMLDivElement>(null);
  const pressedAt = useRef<number | null>(null);
  const width = span.to - span.from;

  useEffect(() => {
    function place(): void {
      const cursor = cursorStore.getState();
      placeLine(cursorLine.current, cursor.at, span);
      placeLine(pinLine.current, cursor.pinned, span);
      placeSelection(selection.current, cursor.brush, cursorInstant(cursor), span);
      say(area.current, cursorInstant(cursor) ?? span.to, data, speak);
    }
    place();
    return cursorStore.subscribe(place);
  }, [span, data, speak]);

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
    if (onStep !== undefined && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      onStep(event.key === 'ArrowUp' ? -1 : 1);
    } else if (!chartKey(event, span)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  function onPointerMove(event: React.PointerEvent): void {
    const at = instantAt(event.clientX);
    const from = pressedAt.current;
    if (from !== null && cursorStore.getState().brush === null && pixels(from, at) >= dragPixels) beginBrush(from);
    moveCursor(at);
    if (onHeight === undefined) return;
    const box = event.currentTarget.getBoundingClientRect();
    onHeight((event.clientY - box.top) / box.height);
  }

  function onPointerUp(event: React.PointerEvent): void {
    if (pressedAt.current === null) return;
    pressedAt.current = null;
    moveCursor(instantAt(event.clientX));
    const brushed = endBrush();
    if (brushed === null) pinCursor(instantAt(event.clientX));
    else zoomTo(brushed);
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
      // What it stands at, and in words, is told by hand as the cursor moves.
      aria-valuenow={Math.round(span.to / 1000)}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        pressedAt.current = instantAt(event.clientX);
      }}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={() => {
        pressedAt.current = null;
        clearCursor();
      }}
      onPointerLeave={() => {
        if (pressedAt.current !== null) return;
        moveCursor(null);
        onHeight?.(null);
      }}
      onDoubleClick={() => zoomTo(null)}
    >
      {data.holes.map((hole) => (
        <div
          key={hole.from}
          className={holeClass(hole, width)}
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
      {marks
        .filter(({ at }) => at >= span.from && at <= span.to)
        .map(({ at, label, tone }) => (
          <div
            key={`${at} ${label}`}
            className={tone === undefined ? 'chart-mark' : `chart-mark chart-mark-${tone}`}
            style={{ left: share(at) }}
          >
            {labelled && tone === undefined && (
              <span data-side={at - span.from > width / 2 ? 'left' : 'right'}>{label}</span>
            )}
          </div>
        ))}
      <div ref={selection} className="selection" />
      <div ref={pinLine} className="pin-line" />
      <div ref={cursorLine} className="cursor-line" />
    </div>
  );
}

function holeClass({ from, to, gap }: Hole, width: number): string {
  if (gap === null) return 'hole hole-plain';
  return to - from < hatchShare * width ? 'hole hole-narrow' : 'hole';
}

function placeLine(line: HTMLElement | null, at: number | null, span: Span): void {
  if (line === null) return;
  const shown = at !== null && at >= span.from && at <= span.to;
  line.style.display = shown ? 'block' : 'none';
  if (shown) line.style.left = `${((at - span.from) / (span.to - span.from)) * 100}%`;
}

function placeSelection(box: HTMLElement | null, from: number | null, to: number | null, span: Span): void {
  if (box === null) return;
  const shown = from !== null && to !== null;
  box.style.display = shown ? 'block' : 'none';
  if (!shown) return;
  const share = (at: number) => ((at - span.from) / (span.to - span.from)) * 100;
  box.style.left = `${share(Math.min(from, to))}%`;
  box.style.right = `${100 - share(Math.max(from, to))}%`;
}

/** What a reader of the page hears of the slider; whole seconds, so that it does not change under a still pointer. */
function say(slider: HTMLElement | null, instant: number, data: ChartData, speak: (at: number) => string): void {
  if (slider === null) return;
  const seconds = Math.round(instant / 1000);
  const at = seconds * 1000;
  const hole = holeAt(data, at);
  slider.setAttribute('aria-valuenow', String(seconds));
  slider.setAttribute(
    'aria-valuetext',
    `${formatDateTime(at, zoneAt(at))}, ${hole === null ? speak(at) : holeWords(hole)}`,
  );
}
