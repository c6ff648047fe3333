import { formatDateTime, formatTime } from '../../main/domain/present/units.ts';
import { gapWords, visible } from '../../main/domain/present/words.ts';
import type { Hole } from './chart-data.ts';
import { zoneAt } from './clock.ts';
import type { Span } from './range.ts';

type Zone = (at: number) => number;

function day(at: number, zone: Zone): string {
  return formatDateTime(at, zone(at)).slice(0, 10);
}

const lifeWords = { before: 'It had not started', after: 'It had ended' } as const;

/** `No data 13:40:00 – 13:52:10: host unreachable. Nothing answers.` */
export function holeWords({ from, to, gap, unlisted, life }: Hole, zone: Zone = zoneAt): string {
  const format = day(from, zone) === day(to, zone) ? formatTime : formatDateTime;
  const what = life !== undefined ? lifeWords[life] : unlisted === true ? 'Not among the top processes' : 'No data';
  const span = `${what} ${format(from, zone(from))} – ${format(to, zone(to))}`;
  return gap === null ? span : `${span}: ${gapWords[gap.cause]}. ${visible(gap.detail, 200)}`.trim();
}

/** What stands inside a wide hole: `Nothing recorded before 23:15`, or its cause where one is known. */
export function holeLabel({ from, to, gap, unlisted, life }: Hole, span: Span, zone: Zone = zoneAt): string {
  if (life !== undefined) return lifeWords[life];
  if (unlisted === true) return 'Not among the top processes then';
  if (gap !== null) return `No data: ${gapWords[gap.cause]}`;
  const opens = from <= span.from;
  const closes = to >= span.to;
  if (opens && closes) return 'Nothing recorded in this span';
  if (opens) return `Nothing recorded before ${clock(to)}`;
  return closes ? `Nothing recorded since ${clock(from)}` : 'Nothing recorded';

  function clock(at: number): string {
    const text = formatDateTime(at, zone(at)).slice(0, 16);
    return text.startsWith(day(span.to, zone)) ? text.slice(11) : text;
  }
}
