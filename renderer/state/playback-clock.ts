import type { Span } from './range.ts';

/** How many seconds of a recording pass in one second. */
export const speeds = [1, 10, 60, 600, 3600] as const;
export type Speed = (typeof speeds)[number];

/** A page that slept, or a frame that came late, plays no more than this of the time that passed. */
const longestFrameMs = 250;

export interface Advance {
  readonly at: number;
  /** The end of the span was reached. */
  readonly ended: boolean;
  /** The last span without an entry that was jumped over; null where none was. */
  readonly skipped: Span | null;
}

/**
 * Where playback stands after `realMs`, at that speed and never outside the span. Gaps, in the order of their times,
 * take none of it.
 */
export function advance(at: number, realMs: number, speed: number, span: Span, gaps: readonly Span[]): Advance {
  const from = Math.min(span.to, Math.max(span.from, at));
  let to = from + Math.min(longestFrameMs, Math.max(0, realMs)) * speed;
  let skipped: Span | null = null;
  for (const gap of gaps) {
    if (to <= gap.from) break;
    if (gap.to <= from) continue;
    to += gap.to - Math.max(gap.from, from);
    skipped = gap;
  }
  return { at: Math.min(span.to, to), ended: to >= span.to, skipped };
}

/** The next faster or slower one; the same at either end. */
export function steppedSpeed(speed: Speed, by: -1 | 1): Speed {
  return speeds[speeds.indexOf(speed) + by] ?? speed;
}

/** Where the next gap begins after an instant, or the last one before it; null where there is none. */
export function gapBeside(gaps: readonly Span[], at: number, direction: -1 | 1): number | null {
  const found = direction > 0 ? gaps.find(({ from }) => from > at) : gaps.findLast(({ from }) => from < at);
  return found?.from ?? null;
}
