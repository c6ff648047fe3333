import { useState } from 'react';
import { formatTime } from '../../../main/domain/present/units.ts';
import { zoneAt } from '../../state/clock.ts';
import { type Comparison, compareWith } from '../../state/compare.ts';
import { alignHosts } from '../../state/compare-hosts.ts';
import { cursorInstant, useCursor } from '../../state/cursor.ts';
import { typedInstant } from '../../state/typed-instant.ts';

interface AlignFormProps {
  readonly hostId: string;
  readonly comparison: Extract<Comparison, { kind: 'host' }>;
}

/** How another host lies under the one that is shown: at the same time, from the beginnings, or instant on instant. */
export function AlignForm({ hostId, comparison }: AlignFormProps) {
  const otherId = comparison.hostId;
  return (
    <span className="compare-align">
      <button
        type="button"
        className="button button-small"
        aria-pressed={comparison.laterMs === 0}
        onClick={() => void alignHosts(hostId, otherId, 'time')}
      >
        Same time
      </button>
      <button
        type="button"
        className="button button-small"
        title="What is known of both begins at the same place"
        onClick={() => void alignHosts(hostId, otherId, 'beginnings')}
      >
        From their beginnings
      </button>
      <TheirInstant comparison={comparison} />
    </span>
  );
}

/** Puts an instant of the other host under the one that is held. */
function TheirInstant({ comparison }: Pick<AlignFormProps, 'comparison'>) {
  const at = useCursor(cursorInstant);
  const [text, setText] = useState('');
  const theirs = at === null ? null : typedInstant(text, at - comparison.laterMs, zoneAt);
  return (
    <form
      className="compare-offset"
      onSubmit={(event) => {
        event.preventDefault();
        if (at !== null && theirs !== null) compareWith({ ...comparison, laterMs: at - theirs });
      }}
    >
      <input
        className="field compare-instant"
        aria-label="Their time at the cursor"
        aria-invalid={text !== '' && theirs === null}
        title="A time of theirs, 14:03:22, that is drawn at the cursor"
        placeholder={at === null ? 'Hold an instant first' : 'Their time here'}
        disabled={at === null}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {at !== null && <span className="number faint">under {formatTime(at, zoneAt(at))}</span>}
    </form>
  );
}
