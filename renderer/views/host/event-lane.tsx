import { useState } from 'react';
import type { HealthEvent } from '../../../main/contract/health.ts';
import { eventWords } from '../../../main/domain/present/health-words.ts';
import { formatTime } from '../../../main/domain/present/units.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { Icon } from '../../parts/icon.tsx';
import { nextTab } from '../../parts/tabs.tsx';
import { zoneAt } from '../../state/clock.ts';
import { pinCursor } from '../../state/cursor.ts';
import { type EventMark, toneOfEvent } from '../../state/event-marks.ts';
import type { Span } from '../../state/range.ts';

/** So many of one mark are told; the list of events has them all. */
const told = 5;

/**
 * What came and went on the host, above its charts: a mark at each instant, which says what it was under the pointer and
 * with the focus, and holds the instant when it is pressed. One stop of Tab; arrows lead from one to the next.
 */
export function EventLane({ marks, span }: { marks: readonly EventMark[]; span: Span }) {
  const [stop, setStop] = useState<number | null>(null);
  const at = marks.findIndex((mark) => mark.at === stop);
  const here = at < 0 ? marks.length - 1 : at;
  const onKeyDown = (event: React.KeyboardEvent<HTMLElement>) => {
    const to = nextTab(event.key, here, marks.length);
    if (to === null) return;
    event.preventDefault();
    event.stopPropagation();
    event.currentTarget.querySelectorAll('button')[to]?.focus();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div className="event-lane" role="group" aria-label="Events in these charts" onKeyDown={onKeyDown}>
      {marks.map((mark, index) => {
        const share = (mark.at - span.from) / (span.to - span.from);
        return (
          <button
            key={mark.at}
            type="button"
            className={`event-mark tone-${mark.tone}`}
            style={{ left: `${share * 100}%` }}
            tabIndex={index === here ? 0 : -1}
            aria-label={markWords(mark)}
            onFocus={() => setStop(mark.at)}
            onClick={() => pinCursor(mark.at)}
          >
            <Icon name={mark.tone === 'ok' ? 'check' : 'warn'} filled={mark.tone === 'bad'} />
            <span className="event-words" aria-hidden="true" data-side={share > 0.5 ? 'left' : 'right'}>
              {mark.events.slice(0, told).map((event) => (
                <EventText key={`${event.at} ${event.finding.id}`} event={event} />
              ))}
              {mark.events.length > told && <span className="faint">and {mark.events.length - told} more</span>}
            </span>
          </button>
        );
      })}
    </div>
  );
}

/** The same for who cannot see it, also while it is not shown. */
function markWords({ events }: EventMark): string {
  const words = events.slice(0, told).map((event) => {
    const { at, finding } = event;
    return `${formatTime(at, zoneAt(at))} ${eventWords(event)} ${visible(finding.text, 160)}`;
  });
  return [...words, ...(events.length > told ? [`and ${events.length - told} more`] : [])].join('; ');
}

function EventText({ event }: { event: HealthEvent }) {
  return (
    <span>
      <span className="number">{formatTime(event.at, zoneAt(event.at))}</span>{' '}
      <span className={`text-${toneOfEvent(event)}`}>{eventWords(event)}</span> {visible(event.finding.text, 160)}
    </span>
  );
}
