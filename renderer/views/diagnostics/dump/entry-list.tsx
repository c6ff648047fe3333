import { useCallback, useEffect, useState } from 'react';
import { VirtualRows } from '../../../parts/virtual-rows.tsx';
import { choose, moveBy } from '../../../state/dump/dump-list.ts';
import { noteOf } from '../../../state/dump/dump-notes.ts';
import { type DumpSession, useDump } from '../../../state/dump/dump-session.ts';
import { type RowList, rowsOfKey } from '../../../state/dump/row-scroll.ts';
import { EntryRow, MissingRow } from './entry-row.tsx';

const dayMs = 86_400_000;

/** The entries that pass the filter: all of them, however many. */
export function EntryList({ session }: { session: DumpSession }) {
  const { store } = session;
  useDump(session, (state) => state.listVersion);
  const reveal = useDump(session, (state) => state.reveal);
  const chosenIndex = useDump(session, (state) => state.chosenIndex);
  const notes = useDump(session, (state) => state.notes);
  const withDay = useDump(session, ({ status }) => (status?.last ?? 0) - (status?.first ?? 0) > dayMs);
  const indexing = useDump(session, ({ status }) => status?.phase !== 'ready');
  const { pages } = session;
  const total = pages?.total ?? 0;

  const [inView, setInView] = useState({ first: 0, end: 0 });
  const onWindow = useCallback(
    (first: number, end: number) => {
      session.firstInView = first;
      session.pages?.want(first, end);
      setInView({ first, end });
    },
    [session],
  );
  // The timeline shows where the list is, as soon as its rows are here.
  const from = pages?.at(inView.first)?.at;
  const to = pages?.at(Math.max(inView.first, inView.end - 1))?.at;
  useEffect(() => {
    if (from !== undefined && to !== undefined) store.setState({ seen: { from, to } });
  }, [store, from, to]);
  const onKeyDown = (event: React.KeyboardEvent, list: RowList) => {
    const rows = rowsOfKey(event.key, list);
    if (event.key === 'Enter') document.getElementById('dump-output')?.focus();
    else if (rows !== null && !event.ctrlKey && !event.altKey) moveBy(session, rows);
    else return;
    event.preventDefault();
  };

  return (
    <div className={withDay ? 'entry-table entry-table-days' : 'entry-table'}>
      <div className="entry-line entry-columns" aria-hidden="true">
        <span>Time</span>
        <span>Command</span>
        <span className="right">End</span>
        <span className="right entry-took">Took</span>
        <span className="right">Size</span>
      </div>
      {total === 0 ? (
        <EmptyList session={session} indexing={indexing} />
      ) : (
        <VirtualRows
          name="Entries"
          role="listbox"
          count={total}
          rowRem={1.5}
          reveal={reveal}
          startPx={session.topPx}
          onTop={(topPx) => {
            session.topPx = topPx;
          }}
          onWindow={onWindow}
          onKeyDown={onKeyDown}
          {...(chosenIndex === null ? {} : { 'aria-activedescendant': `entry-${chosenIndex}` })}
        >
          {(index) => {
            const entry = pages?.at(index) ?? null;
            if (entry === null)
              return <MissingRow key={index} index={index} total={total} chosen={index === chosenIndex} />;
            return (
              <EntryRow
                key={index}
                entry={entry}
                index={index}
                total={total}
                chosen={index === chosenIndex}
                noted={noteOf(notes, entry.position) !== null}
                withDay={withDay}
                onChoose={() => choose(session, entry, index)}
              />
            );
          }}
        </VirtualRows>
      )}
    </div>
  );
}

function EmptyList({ session, indexing }: { session: DumpSession; indexing: boolean }) {
  if (session.pages?.failed) return <p className="empty">The entries could not be read.</p>;
  if (session.pages?.total !== 0) return <p className="empty">Reading …</p>;
  if (indexing) return <p className="empty">Nothing yet. The dump is being read.</p>;
  return <p className="empty">No entry passes the filter.</p>;
}
