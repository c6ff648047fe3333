import type { DumpNote } from '../../../main/contract/dumps.ts';
import { api } from '../../api/rackside.ts';
import { told } from '../toasts.ts';
import { offerUndo } from '../undo.ts';
import type { DumpSession } from './dump-session.ts';

/** What a bookmark says until somebody writes more. */
const bookmarkText = 'Bookmark';

export async function readNotes({ hostId, store }: DumpSession): Promise<void> {
  const answer = await told('Notes', api()['dumps.notes']({ hostId }));
  if (answer !== null) store.setState({ notes: answer.notes });
}

/** The note of an entry; the first where it has several. */
export function noteOf(notes: readonly DumpNote[], position: number | null): DumpNote | null {
  return position === null ? null : (notes.find((note) => note.position === position) ?? null);
}

/** Opens the note of the entry chosen for writing; one that is not there yet is made by that, as a bookmark. */
export async function bookmark(session: DumpSession): Promise<void> {
  const { chosen, notes } = session.store.getState();
  if (chosen === null) return;
  const { position, at } = chosen;
  const id = noteOf(notes, position)?.id ?? (await saveNote(session, null, { position }, bookmarkText));
  if (id !== null) session.store.setState({ editing: { id, position, at } });
}

/** Answers the note's id; null where it could not be kept. */
export async function saveNote(
  session: DumpSession,
  id: string | null,
  place: { position: number } | { at: number },
  text: string,
): Promise<string | null> {
  const { hostId } = session;
  const answer = await told('Note', api()['dumps.note']({ hostId, id, place, text }));
  await readNotes(session);
  return answer?.note?.id ?? null;
}

export async function removeNote(session: DumpSession, note: DumpNote): Promise<void> {
  const place = note.position === null ? { at: note.at } : { position: note.position };
  const { hostId } = session;
  if ((await told('Remove note', api()['dumps.note']({ hostId, id: note.id, place, text: '' }))) === null) return;
  await readNotes(session);
  offerUndo({
    what: 'the removal of a note',
    told: 'The note is removed.',
    lastsMs: 30_000,
    undo: () => saveNote(session, null, place, note.text).then(() => undefined),
  });
}
