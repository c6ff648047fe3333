import { type FormEvent, useState } from 'react';
import { zoneAt } from '../../../state/clock.ts';
import { goToInstant } from '../../../state/dump/dump-list.ts';
import type { DumpSession } from '../../../state/dump/dump-session.ts';
import { toast } from '../../../state/toasts.ts';
import { typedInstant } from '../../../state/typed-instant.ts';

/** Goes to a time: the entry that ended last before it is chosen. */
export function TimeField({ session }: { session: DumpSession }) {
  const [text, setText] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { chosen, status } = session.store.getState();
    const near = chosen?.at ?? status?.first ?? 0;
    const instant = typedInstant(text, near, zoneAt);
    if (instant === null) {
      toast('A time looks like 14:03, 14:03:22 or 2026-11-21 14:03; with Z at its end it is UTC.');
      return;
    }
    void goToInstant(session, instant);
    setText('');
  };
  return (
    <form className="filter-time" onSubmit={submit}>
      <input
        id="dump-time"
        className="field number"
        aria-label="Go to a time"
        placeholder="Go to 14:03 (g t)"
        value={text}
        spellCheck={false}
        onChange={(event) => setText(event.target.value)}
      />
    </form>
  );
}
