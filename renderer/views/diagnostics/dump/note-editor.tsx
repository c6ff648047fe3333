import { type FormEvent, useEffect, useRef, useState } from 'react';
import { saveNote } from '../../../state/dump/dump-notes.ts';
import { type DumpSession, useDump } from '../../../state/dump/dump-session.ts';

/** Writes the note that is open. What is there is selected, so that typing replaces it; Escape leaves it as it was. */
export function NoteEditor({ session }: { session: DumpSession }) {
  const editing = useDump(session, (state) => state.editing);
  const [text, setText] = useState(
    () => session.store.getState().notes.find(({ id }) => id === editing?.id)?.text ?? '',
  );
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  if (editing === null) return null;
  const close = () => session.store.setState({ editing: null });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const place = editing.position === null ? { at: editing.at } : { position: editing.position };
    // One that could not be saved stays to be tried again.
    if (text.trim() !== '' && (await saveNote(session, editing.id, place, text.trim())) === null) return;
    close();
    document.querySelector<HTMLElement>('.entry-table .rows')?.focus();
  };
  return (
    <form className="note-editor" onSubmit={(event) => void submit(event)}>
      <input
        ref={field}
        className="field"
        aria-label="Note"
        maxLength={4000}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          close();
        }}
      />
      <button type="submit" className="button button-small button-primary">
        Save
      </button>
      <button type="button" className="button button-small" onClick={close}>
        Cancel
      </button>
    </form>
  );
}
