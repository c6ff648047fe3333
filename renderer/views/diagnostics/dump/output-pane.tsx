import { useDeferredValue } from 'react';
import type { Entry } from '../../../../main/contract/dump-entries.ts';
import { type DumpSession, useDump } from '../../../state/dump/dump-session.ts';
import { DiffPane } from './diff-pane.tsx';
import { NoteEditor } from './note-editor.tsx';
import { OutputBody } from './output-body.tsx';
import { OutputHead } from './output-head.tsx';

/** What the chosen entry printed, or how it differs from another run. */
export function OutputPane({ session }: { session: DumpSession }) {
  const chosen = useDump(session, (state) => state.chosen);
  const compared = useDump(session, (state) => state.compared);
  const editing = useDump(session, (state) => state.editing);
  // A held key moves the list first; the output follows when there is time.
  const shown = useDeferredValue(chosen);
  // A note of an instant is of no entry: it is written beside whichever is shown.
  const isHere = editing !== null && (editing.position === null || editing.position === shown?.position);
  const editor = isHere ? <NoteEditor key={editing.id} session={session} /> : null;
  if (shown === null) {
    return (
      <section className="output" aria-label="Output">
        {editor}
        <p className="empty">Choose an entry to see what it printed.</p>
      </section>
    );
  }
  return (
    <section className="output" aria-label="Output">
      <OutputHead session={session} entry={shown} />
      {editor}
      {compared === null ? (
        <EntryOutput session={session} entry={shown} />
      ) : (
        <DiffPane key={JSON.stringify(compared)} session={session} compared={compared} />
      )}
    </section>
  );
}

function EntryOutput({ session, entry }: { session: DumpSession; entry: Entry }) {
  if (entry.size === 0) return <p className="empty">Nothing was printed.</p>;
  return <OutputBody key={entry.position} session={session} entry={entry} />;
}
