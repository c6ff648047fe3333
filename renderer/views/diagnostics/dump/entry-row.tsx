import { memo } from 'react';
import type { Entry } from '../../../../main/contract/dump-entries.ts';
import { exitWords, hasFailed, runWords, stateWords } from '../../../../main/domain/present/entry-words.ts';
import { formatBytes, formatExactDateTime, formatExactTime } from '../../../../main/domain/present/units.ts';
import { visible } from '../../../../main/domain/present/words.ts';
import { Icon } from '../../../parts/icon.tsx';
import { zoneAt } from '../../../state/clock.ts';

interface EntryRowProps {
  readonly entry: Entry;
  readonly index: number;
  readonly total: number;
  readonly chosen: boolean;
  readonly noted: boolean;
  /** The dump is of several days: the time alone would not say which. */
  readonly withDay: boolean;
  readonly onChoose: () => void;
}

/** One entry in one line. What is wrong with it is a word, and colour only underlines it. */
export const EntryRow = memo(
  function EntryRow({ entry, index, total, chosen, noted, withDay, onChoose }: EntryRowProps) {
    const failed = hasFailed(entry);
    const state = stateWords(entry.state);
    return (
      // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the keys
      <div
        id={`entry-${index}`}
        className="entry-line"
        role="option"
        aria-selected={chosen}
        aria-setsize={total}
        aria-posinset={index + 1}
        tabIndex={-1}
        onClick={onChoose}
      >
        <span className="number entry-time">
          {noted && (
            <span className="entry-noted" title="It has a note">
              <Icon name="bookmark" filled />
              <span className="unseen">noted</span>
            </span>
          )}
          {withDay
            ? formatExactDateTime(entry.at, zoneAt(entry.at)).slice(5)
            : formatExactTime(entry.at, zoneAt(entry.at))}
        </span>
        <span className="entry-command">
          <span className="mono ellipsis">{visible(entry.command, 400)}</span>
          {state !== null && (
            <span className="tag tag-warn" title={state}>
              {entry.state}
            </span>
          )}
          {entry.truncated && <span className="tag tag-warn">cut</span>}
        </span>
        <span className={failed ? 'right entry-failed' : 'right faint'}>{exitWords(entry)}</span>
        <span className="number right entry-took">{runWords(entry.durationMs)}</span>
        <span className="number right">{formatBytes(entry.size)}</span>
      </div>
    );
  },
  (before, after) =>
    before.entry === after.entry &&
    before.index === after.index &&
    before.total === after.total &&
    before.chosen === after.chosen &&
    before.noted === after.noted &&
    before.withDay === after.withDay,
);

/** A row whose page is on its way. */
export function MissingRow({ index, total, chosen }: { index: number; total: number; chosen: boolean }) {
  return (
    <div
      id={`entry-${index}`}
      className="entry-line entry-missing"
      role="option"
      aria-selected={chosen}
      aria-setsize={total}
      aria-posinset={index + 1}
      tabIndex={-1}
    >
      <span>…</span>
    </div>
  );
}
