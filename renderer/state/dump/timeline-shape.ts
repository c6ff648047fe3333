import type { Timeline } from '../../../main/contract/dump-entries.ts';
import { formatBytes, formatCount, formatDateTime, formatDuration } from '../../../main/domain/present/units.ts';

/** The instants that a timeline is drawn over: all of the dump, also where a filter leaves a part of it. */
export function timelineSpan(
  { from, stepMs, entries }: Timeline,
  dump: { readonly first: number | null; readonly last: number | null } | null,
): { from: number; to: number } {
  const to = from + stepMs * entries.length;
  return { from: Math.min(from, dump?.first ?? from), to: Math.max(to, dump?.last ?? to) };
}

/** Where a span stands in another, in percent. */
export function placeIn(
  span: { readonly from: number; readonly to: number },
  of: { readonly from: number; readonly to: number },
): { left: string; width: string } {
  const percent = (at: number) =>
    (100 * (Math.min(of.to, Math.max(of.from, at)) - of.from)) / Math.max(1, of.to - of.from);
  const left = percent(Math.min(span.from, span.to));
  return { left: `${left}%`, width: `${percent(Math.max(span.from, span.to)) - left}%` };
}

/** Index of the step that an instant is in, or is nearest to. */
export function stepAt({ from, stepMs, entries }: Timeline, at: number): number {
  const step = Math.floor((at - from) / Math.max(1, stepMs));
  return Math.min(entries.length - 1, Math.max(0, step));
}

/** The least that is drawn of what is not nothing, in the drawing's own height. */
const leastHeight = 5;

/**
 * Bars of one unit's width that stand between two heights, from above, as an SVG path. They grow with the square root: one
 * entry is seen beside a thousand.
 */
export function barsPath(counts: readonly number[], top: number, bottom: number): string {
  const most = Math.sqrt(counts.reduce((max, count) => Math.max(max, count), 1));
  let path = '';
  counts.forEach((count, step) => {
    if (count === 0) return;
    const height = Math.max(leastHeight, (Math.sqrt(count) / most) * (bottom - top));
    path += `M${step} ${bottom}v${-Math.round(height * 10) / 10}h1V${bottom}z`;
  });
  return path;
}

/** What happened around an instant: `2026-11-21 14:03:22: 120 entries, 2 failed, 3.00 MB`. */
export function timelineWords(timeline: Timeline, at: number, zoneAt: (at: number) => number): string {
  const time = formatDateTime(at, zoneAt(at));
  const gap = timeline.gaps.find(({ from, to }) => from < at && at < to);
  if (gap !== undefined) return `${time}: a gap of ${formatDuration((gap.to - gap.from) / 1000)}`;
  // Outside of what was counted nothing is: the first and the last step say nothing of it.
  const isCounted = at >= timeline.from && at <= timeline.from + timeline.stepMs * timeline.entries.length;
  const step = isCounted ? stepAt(timeline, at) : -1;
  const failed = timeline.failures[step] ?? 0;
  const count = timeline.entries[step] ?? 0;
  const entries = count === 1 ? '1 entry' : `${formatCount(count)} entries`;
  const failures = failed > 0 ? `, ${formatCount(failed)} failed` : '';
  return `${time}: ${entries}${failures}, ${formatBytes(timeline.bytes[step] ?? 0)}`;
}
