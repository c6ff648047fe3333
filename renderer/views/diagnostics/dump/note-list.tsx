import type { DumpNote } from '../../../../main/contract/dumps.ts';
import { formatExactDateTime } from '../../../../main/domain/present/units.ts';
import { visible } from '../../../../main/domain/present/words.ts';
import { IconButton } from '../../../parts/icon-button.tsx';
import { zoneAt } from '../../../state/clock.ts';
import { goTo, goToInstant } from '../../../state/dump/dump-list.ts';
import { removeNote } from '../../../state/dump/dump-notes.ts';
import { type DumpSession, useDump } from '../../../state/dump/dump-session.ts';

/** Places that somebody marked, in the order of the dump; they are kept in a file beside it. */
export function NoteList({ session }: { session: DumpSession }) {
  const notes = useDump(session, (state) => state.notes);
  const chosen = useDump(session, (state) => state.chosen?.position ?? null);
  const go = ({ position, at }: DumpNote) =>
    position === null ? goToInstant(session, at) : goTo(session, { position }, {});
  if (notes.length === 0) return <p className="empty">No notes yet. Choose an entry and press b to mark it.</p>;
  return (
    <ul className="note-list" aria-label="Notes">
      {notes.map((note) => (
        <li key={note.id} data-chosen={note.position !== null && note.position === chosen}>
          <button type="button" className="note-place" onClick={() => void go(note)}>
            <span className="number faint">{formatExactDateTime(note.at, zoneAt(note.at))}</span>
            <span className="mono ellipsis faint">
              {note.command === '' ? 'an instant' : visible(note.command, 300)}
            </span>
            <span className="wrap">{visible(note.text, 4000)}</span>
          </button>
          <IconButton
            icon="edit"
            label={`Edit the note ${visible(note.text, 60)}`}
            title="Edit"
            quiet
            onClick={() => void go(note).then(() => session.store.setState({ editing: note }))}
          />
          <IconButton
            icon="trash"
            label={`Remove the note ${visible(note.text, 60)}`}
            title="Remove"
            quiet
            onClick={() => void removeNote(session, note)}
          />
        </li>
      ))}
    </ul>
  );
}
