import { type FormEvent, useId, useRef, useState } from 'react';
import type { EntryFilter } from '../../../../main/contract/dump-entries.ts';
import { kinds } from '../../../../main/contract/kinds.ts';
import { Icon } from '../../../parts/icon.tsx';
import { setFilter } from '../../../state/dump/dump-list.ts';
import type { DumpSession } from '../../../state/dump/dump-session.ts';
import { typedMilliseconds, typedSize } from '../../../state/dump/filter-chips.ts';

const fields = [
  {
    name: 'exit',
    label: 'Exit',
    hint: '1',
    read: (text: string) => (/^-?\d{1,6}$/.test(text.trim()) ? Number(text) : null),
  },
  { name: 'minDurationMs', label: 'Took at least', hint: '1.5 s', read: typedMilliseconds },
  { name: 'minSize', label: 'At least', hint: '64 KB', read: typedSize },
  { name: 'maxSize', label: 'At most', hint: '10 MB', read: typedSize },
] as const;

/** The filters that are asked for less often, behind one button. */
export function FilterMore({ session }: { session: DumpSession }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a key that closes it, wherever in it the focus is
    <div
      className="filter-more"
      role="presentation"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        event.stopPropagation();
        close();
      }}
    >
      <button
        ref={button}
        type="button"
        className="chip"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        more
        <Icon name="down" />
      </button>
      {open && <MoreForm id={id} session={session} onDone={close} />}
    </div>
  );
}

function MoreForm({ id, session, onDone }: { id: string; session: DumpSession; onDone: () => void }) {
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({});
  const [kind, setKind] = useState<(typeof kinds)[number] | ''>(session.store.getState().filter.kind ?? '');
  const [wrong, setWrong] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { kind: _kind, ...filter } = session.store.getState().filter;
    const next: EntryFilter = { ...filter, ...(kind === '' ? {} : { kind }) };
    for (const { name, read } of fields) {
      const text = texts[name] ?? '';
      if (text.trim() === '') continue;
      const value = read(text);
      if (value === null) return setWrong(name);
      next[name] = value;
    }
    setFilter(session, next);
    onDone();
  };
  return (
    <form id={id} className="filter-form" onSubmit={submit} aria-label="More filters">
      {fields.map(({ name, label, hint }, index) => (
        <label key={name}>
          <span>{label}</span>
          <input
            className="field number"
            // biome-ignore lint/a11y/noAutofocus: it was just opened to be written in
            autoFocus={index === 0}
            placeholder={hint}
            aria-invalid={wrong === name}
            value={texts[name] ?? ''}
            onChange={(event) => {
              setWrong(null);
              setTexts({ ...texts, [name]: event.target.value });
            }}
          />
        </label>
      ))}
      <label>
        <span>Rounds</span>
        <select
          className="field"
          value={kind}
          onChange={(event) => setKind(kinds.find((one) => one === event.target.value) ?? '')}
        >
          <option value="">any</option>
          {kinds.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </label>
      <p className="field-problem text-bad" aria-live="polite">
        {wrong === null ? '' : 'That is no such amount.'}
      </p>
      <button type="submit" className="button button-primary button-small">
        Filter
      </button>
    </form>
  );
}
