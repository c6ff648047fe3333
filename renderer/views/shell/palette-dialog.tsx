import { useEffect, useMemo, useRef, useState } from 'react';
import { formatCount } from '../../../main/domain/present/units.ts';
import { Dialog, focusAfterDialog } from '../../parts/dialog.tsx';
import { StateDot } from '../../parts/state-badge.tsx';
import { fleetStore } from '../../state/fleet.ts';
import { pageParts } from '../../state/page-parts.ts';
import { noteRecent, readRecents } from '../../state/recents.ts';
import { actions } from './actions/registry.ts';
import { Keys } from './keys-dialog.tsx';
import { type FoundItem, listPalette, type PaletteItem, paletteItems } from './palette-items.ts';

/** Type a part of a name, Enter does it. What is offered is as it was when the dialog opened. */
export function PaletteDialog({ onClose }: { onClose: () => void }) {
  const [items] = useState(() => paletteItems(actions, fleetStore.getState(), pageParts()));
  const [recents] = useState(readRecents);
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const { sections, more } = useMemo(() => listPalette(items, query, recents), [items, query, recents]);
  const flat = sections.flatMap(({ found }) => found.map(({ item }) => item));
  const current = flat[Math.min(active, flat.length - 1)];

  // biome-ignore lint/correctness/useExhaustiveDependencies: the row that is meant is what it follows
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [current]);

  function choose(item: PaletteItem | undefined): void {
    if (item === undefined) return;
    noteRecent(item.id);
    // First, because what is chosen may open a dialog of its own.
    onClose();
    item.run();
    if (item.place !== undefined) focusAfterDialog(document.getElementById(item.place));
  }

  function onKeyDown(event: React.KeyboardEvent): void {
    const last = flat.length - 1;
    const to = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + 8, PageUp: active - 8 }[event.key];
    if (to !== undefined) setActive(Math.max(0, Math.min(last, to)));
    else if (event.key === 'Enter') choose(current);
    else return;
    event.preventDefault();
  }

  return (
    <Dialog title="Go to, or do" size="medium" onClose={onClose}>
      <input
        data-first
        className="field"
        type="search"
        role="combobox"
        aria-label="Host, view or action"
        aria-expanded="true"
        aria-controls="palette"
        aria-activedescendant={current === undefined ? undefined : `palette-${current.id}`}
        placeholder="Host, view or action"
        spellCheck={false}
        value={query}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setQuery(event.target.value);
          setActive(0);
        }}
      />
      <div id="palette" ref={list} role="listbox" aria-label="What fits" className="palette">
        {sections.map(({ name, found }) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
          <div key={name} role="group" aria-label={name}>
            <div className="palette-name" aria-hidden="true">
              {name}
            </div>
            {found.map((one) => (
              <Option
                key={one.item.id}
                found={one}
                active={one.item === current}
                grouped={query === '' && name !== 'Recent'}
                onChoose={choose}
              />
            ))}
          </div>
        ))}
        {flat.length === 0 && <p className="empty">Nothing is called that.</p>}
      </div>
      <p className="hint" role="status">
        {more > 0 ? `${formatCount(more)} more: type more of the name.` : '↑ ↓ to move, Enter to choose.'}
      </p>
    </Dialog>
  );
}

interface OptionProps {
  readonly found: FoundItem;
  readonly active: boolean;
  /** Whether the heading above says what it is. */
  readonly grouped: boolean;
  readonly onChoose: (item: PaletteItem) => void;
}

function Option({ found, active, grouped, onChoose }: OptionProps) {
  const { item, match } = found;
  const { id, group, title, detail, keys, connection } = item;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the field's, as for every combobox
    <div
      id={`palette-${id}`}
      role="option"
      tabIndex={-1}
      aria-selected={active}
      className="palette-option"
      onClick={() => onChoose(item)}
    >
      {connection !== null && <StateDot connection={connection} />}
      <span className="ellipsis palette-title">
        <Marked text={title} at={match.at} offset={0} />
      </span>
      <span className="ellipsis faint palette-detail">
        <Marked text={detail} at={match.at} offset={title.length + 1} />
      </span>
      {!grouped && <span className="palette-group">{group}</span>}
      {keys[0] !== undefined && <Keys keys={keys[0]} />}
    </div>
  );
}

/** The letters that were meant, told apart; the text itself is what it is. */
function Marked({ text, at, offset }: { text: string; at: readonly number[]; offset: number }) {
  const parts: { readonly from: number; readonly text: string; readonly meant: boolean }[] = [];
  const places = new Set(at);
  let from = 0;
  for (let place = 1; place <= text.length; place += 1) {
    const meant = places.has(offset + from);
    if (place < text.length && places.has(offset + place) === meant) continue;
    parts.push({ from, text: text.slice(from, place), meant });
    from = place;
  }
  return parts.map((part) => (part.meant ? <mark key={part.from}>{part.text}</mark> : part.text));
}
