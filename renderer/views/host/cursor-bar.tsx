import { formatDateTime, formatTime, unknown } from '../../../main/domain/present/units.ts';
import { Icon } from '../../parts/icon.tsx';
import { useClock, zoneAt } from '../../state/clock.ts';
import { clearCursor, cursorInstant, pinCursor, useCursor } from '../../state/cursor.ts';
import { openDialog } from '../../state/dialogs.ts';
import type { Span } from '../../state/range.ts';

/** The instant that the charts speak of. */
export function CursorTime() {
  const at = useCursor(cursorInstant);
  const today = useClock((now) => formatDateTime(now, zoneAt(now)).slice(0, 10));
  const full = at === null ? unknown : formatDateTime(at, zoneAt(at));
  return (
    <span className="cursor-time number">
      <Icon name="clock" />
      {full.startsWith(today) ? full.slice(11) : full}
    </span>
  );
}

/** What can be done with the instant that is held. */
export function CursorActions({ hostId, replay }: { hostId: string; replay: boolean }) {
  const at = useCursor(cursorInstant);
  const pinned = useCursor((cursor) => cursor.pinned);
  const pinnedTime = pinned === null ? null : formatTime(pinned, zoneAt(pinned));
  return (
    <div className="cursor-actions">
      <button
        type="button"
        className="button button-small button-instant"
        disabled={pinned === null}
        title="Hold an instant with a click, or Enter, on a chart"
        onClick={() => pinned !== null && openDialog({ kind: 'processes', hostId, at: pinned, by: 'cpu' })}
      >
        {pinnedTime === null ? 'Processes at …' : `Processes at ${pinnedTime}`}
      </button>
      <button
        type="button"
        className="button button-small button-quiet"
        disabled={at === null}
        onClick={() => clearCursor()}
      >
        {replay ? 'Clear' : 'Back to now'}
      </button>
    </div>
  );
}

/** The same instant as a slider, as wide as the plots below it. */
export function TimeSlider({ span }: { span: Span }) {
  const at = useCursor(cursorInstant);
  return (
    <input
      className={at === null ? 'time-slider time-slider-free' : 'time-slider'}
      type="range"
      aria-label="Time"
      aria-valuetext={at === null ? 'No instant' : formatDateTime(at, zoneAt(at))}
      min={Math.ceil(span.from / 1000) * 1000}
      max={Math.floor(span.to / 1000) * 1000}
      step={Math.max(1000, Math.round((span.to - span.from) / 300_000) * 1000)}
      value={Math.min(span.to, Math.max(span.from, at ?? span.to))}
      onChange={(event) => pinCursor(Number(event.target.value))}
    />
  );
}
