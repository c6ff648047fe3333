import { useState } from 'react';
import type { EntryMark } from '../../../../main/contract/entry-marks.ts';
import { Icon } from '../../../parts/icon.tsx';
import { zoneAt } from '../../../state/clock.ts';
import { setFilter, setOnlyHits } from '../../../state/dump/dump-list.ts';
import { type DumpSession, useDump } from '../../../state/dump/dump-session.ts';
import { filterChips, isFiltering, markWords, withMark, withPart } from '../../../state/dump/filter-chips.ts';
import { useLater } from '../../../state/use-later.ts';
import { FilterMore } from './filter-more.tsx';

const marksOffered = Object.keys(markWords) as EntryMark[];
/** While a command is being typed. */
const typingMs = 250;

/** What of the dump is listed. Each thing that a filter says can be taken away by itself. */
export function FilterBar({ session }: { session: DumpSession }) {
  const filter = useDump(session, (state) => state.filter);
  const onlyHits = useDump(session, (state) => state.onlyHits);
  const commands = useDump(session, (state) => state.commands);
  const marks = filter.marks ?? [];
  const apply = (next: typeof filter) => setFilter(session, next);
  return (
    <section className="filter-bar" aria-label="Filter">
      <CommandField session={session} />
      <div className="filter-marks">
        {marksOffered.map((mark) => (
          <MarkButton
            key={mark}
            mark={mark}
            on={marks.includes(mark)}
            onToggle={(on) => apply(withMark(filter, mark, on))}
          />
        ))}
        <button
          type="button"
          className="chip"
          aria-pressed={filter.noted === true}
          onClick={() => apply(withPart(filter, 'noted', filter.noted === true ? null : true))}
        >
          noted
        </button>
      </div>
      <FilterMore session={session} />
      {filterChips(filter, commands ?? [], zoneAt).map(({ id, words, without }) => (
        <span key={id} className="chip chip-set">
          <span className="ellipsis">{words}</span>
          <button type="button" aria-label={`Without ${words}`} title="Take this away" onClick={() => apply(without)}>
            <Icon name="close" />
          </button>
        </span>
      ))}
      {(isFiltering(filter) || onlyHits) && (
        <button
          type="button"
          className="button button-small button-quiet"
          onClick={() => {
            apply({});
            if (onlyHits) setOnlyHits(session, false);
          }}
        >
          Clear all
        </button>
      )}
    </section>
  );
}

function MarkButton({ mark, on, onToggle }: { mark: EntryMark; on: boolean; onToggle: (on: boolean) => void }) {
  return (
    <button type="button" className="chip" aria-pressed={on} onClick={() => onToggle(!on)}>
      {markWords[mark]}
    </button>
  );
}

function CommandField({ session }: { session: DumpSession }) {
  const asked = useDump(session, (state) => state.filter.command ?? '');
  const [text, setText] = useState(asked);
  const [seen, setSeen] = useState(asked);
  const later = useLater(typingMs);
  // Cleared or set from elsewhere.
  if (asked !== seen) {
    setSeen(asked);
    if (asked !== text.trim()) {
      setText(asked);
      later.forget();
    }
  }
  const change = (value: string) => {
    setText(value);
    later.do(() => {
      const { filter } = session.store.getState();
      setFilter(session, withPart(filter, 'command', value.trim() === '' ? null : value.trim()));
    });
  };
  return (
    <div className="search filter-command">
      <Icon name="terminal" />
      <input
        id="dump-filter"
        className="field mono"
        type="search"
        aria-label="Commands that contain"
        placeholder="Command contains (f)"
        maxLength={1000}
        value={text}
        spellCheck={false}
        onChange={(event) => change(event.target.value)}
      />
    </div>
  );
}
