import { useMemo } from 'react';
import type { HealthEvent } from '../../main/contract/health.ts';
import type { Level } from '../../main/domain/present/levels.ts';
import { consoleNow } from './clock.ts';
import { pinCursor } from './cursor.ts';
import { useHealthEvents } from './health-events.ts';
import { jumpTo } from './page-parts.ts';
import { presetSpan, rangeStore, type Span, zoomTo } from './range.ts';

/** Events of a host that stand so close together in its charts that they are one mark. */
export interface EventMark {
  /** Of the first of them. */
  readonly at: number;
  readonly tone: Level;
  readonly events: readonly HealthEvent[];
}

/** More are no marks any more. */
const most = 300;
/** The share of the span that a mark takes. */
const markShare = 0.012;

/** What is over is well, whatever it was. */
export function toneOfEvent({ change, finding }: HealthEvent): Level {
  return change === 'cleared' ? 'ok' : finding.severity;
}

const rank = { ok: 0, warn: 1, bad: 2 } as const;

/** The oldest first. Of many events in one mark the worst colours it. */
export function eventMarks(events: readonly HealthEvent[], span: Span): readonly EventMark[] {
  const marks: { at: number; tone: Level; events: HealthEvent[] }[] = [];
  for (const event of events.filter(({ at }) => at >= span.from && at <= span.to)) {
    const [last, tone] = [marks.at(-1), toneOfEvent(event)];
    if (last === undefined || event.at - last.at > markShare * (span.to - span.from)) {
      marks.push({ at: event.at, tone, events: [event] });
      continue;
    }
    last.events.push(event);
    if (rank[tone] > rank[last.tone]) last.tone = tone;
  }
  return marks;
}

/** The marks of a span; where it follows the clock, events are asked anew when it has moved on by a part of itself. */
export function useEventMarks(hostId: string, span: Span, following: boolean, cue: string): readonly EventMark[] {
  const step = (span.to - span.from) / 8;
  const from = following ? (Math.floor(span.from / step) - 1) * step : span.from;
  const to = following ? Number.MAX_SAFE_INTEGER : span.to + 1;
  const { events } = useHealthEvents({ hostId, from, to, limit: most }, cue);
  return useMemo(() => eventMarks((events ?? []).toReversed(), span), [events, span]);
}

/** Holds an instant in the charts, moves what they show there where that is elsewhere, and brings them into sight. */
export function showInCharts(at: number, replay: boolean): void {
  const { zoom, preset } = rangeStore.getState();
  const followed = presetSpan(preset, consoleNow());
  // Without a zoom, a replay shows all of its dump.
  const shown = zoom ?? (replay ? null : followed);
  if (shown !== null && (at < shown.from || at > shown.to)) {
    const half = (shown.to - shown.from) / 2;
    zoomTo({ from: at - half, to: at + half });
  }
  pinCursor(at);
  jumpTo('host-charts');
}
