import { useEffect, useState } from 'react';
import { FaultNote } from '../../../parts/fault-note.tsx';
import { Tabs } from '../../../parts/tabs.tsx';
import { cursorStore } from '../../../state/cursor.ts';
import { goToInstant } from '../../../state/dump/dump-list.ts';
import { cancelSearch, readHits } from '../../../state/dump/dump-search.ts';
import { type DumpSession, dumpSession, useDump } from '../../../state/dump/dump-session.ts';
import { readSummaries, watchDump } from '../../../state/dump/watch-dump.ts';
import { useFleet, useHostView } from '../../../state/fleet.ts';
import { CommandTable } from './command-table.tsx';
import { DumpHead } from './dump-head.tsx';
import { DumpTimeline } from './dump-timeline.tsx';
import { EntryList } from './entry-list.tsx';
import { FilterBar } from './filter-bar.tsx';
import { NoteList } from './note-list.tsx';
import { OutputPane } from './output-pane.tsx';
import { SamplePane } from './sample-pane.tsx';
import { SearchBar } from './search-bar.tsx';
import { TimeField } from './time-field.tsx';

const tabs = [
  { id: 'entries', label: 'Entries' },
  { id: 'commands', label: 'Commands' },
  { id: 'samples', label: 'Samples' },
  { id: 'notes', label: 'Notes' },
] as const;

/** All that an open dump holds: what ran when, what it printed, and what was made of it. */
export function DumpView({ hostId }: { hostId: string }) {
  const exists = useHostView(hostId)?.connection.state === 'replay';
  const ready = useFleet((state) => state.ready);
  if (!exists) {
    return <p className="empty">{ready ? 'This dump is not open. It may have been closed.' : 'Loading …'}</p>;
  }
  return <OpenDump hostId={hostId} />;
}

function OpenDump({ hostId }: { hostId: string }) {
  const [session] = useState(() => dumpSession(hostId));
  const tab = useDump(session, (state) => state.tab);
  const fault = useDump(session, (state) => state.fault);
  useDumpNews(session);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a key that ends what goes on, wherever the focus is
    <div
      className="view dump"
      role="presentation"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && session.store.getState().search.running) cancelSearch(session);
      }}
    >
      <DumpHead session={session} />
      {fault !== null && <FaultNote fault={fault} />}
      <DumpTimeline session={session} />
      <div className="dump-bars">
        <FilterBar session={session} />
        <SearchBar session={session} />
      </div>
      <div className={`dump-columns dump-columns-${tab}`}>
        <section className="dump-left" role="tabpanel" aria-labelledby={`tab-${tab}`}>
          <div className="dump-tabs">
            <Tabs
              name="What of the dump is shown"
              tabs={tabs}
              current={tab}
              onChoose={(id) => session.store.setState({ tab: id })}
            />
            <ListNote session={session} />
            <TimeField session={session} />
          </div>
          {tab === 'entries' && <EntryList session={session} />}
          {tab === 'commands' && <CommandTable session={session} />}
          {tab === 'samples' && <SamplePane session={session} />}
          {tab === 'notes' && <NoteList session={session} />}
        </section>
        {(tab === 'entries' || tab === 'notes') && <OutputPane session={session} />}
      </div>
    </div>
  );
}

/** Follows the dump, and what depends on what is chosen in it. */
function useDumpNews(session: DumpSession): void {
  useEffect(() => {
    const abort = new AbortController();
    watchDump(session, abort.signal);
    return () => abort.abort();
  }, [session]);

  // One cursor for all views of a dump: the host's page may have moved it.
  useEffect(() => {
    const { pinned } = cursorStore.getState();
    if (pinned !== null && pinned !== session.store.getState().chosen?.at) void goToInstant(session, pinned);
  }, [session]);

  const filter = useDump(session, (state) => state.filter);
  const hitsOnly = useDump(session, (state) => (state.onlyHits ? state.search.progress?.searchId : undefined));
  const tab = useDump(session, (state) => state.tab);
  // biome-ignore lint/correctness/useExhaustiveDependencies: they are read out of the session
  useEffect(() => void readSummaries(session), [session, filter, hitsOnly, tab]);

  const position = useDump(session, (state) => state.chosen?.position);
  const searchId = useDump(session, (state) => state.search.progress?.searchId);
  // biome-ignore lint/correctness/useExhaustiveDependencies: they are read out of the session
  useEffect(() => void readHits(session), [session, position, searchId]);
}

function ListNote({ session }: { session: DumpSession }) {
  useDump(session, (state) => state.listVersion);
  const tab = useDump(session, (state) => state.tab);
  const outside = useDump(session, (state) => state.chosen !== null && state.chosenIndex === null);
  const told = tab === 'entries' && outside && session.pages !== null;
  return (
    <span className="hint dump-list-note ellipsis">{told ? 'The chosen entry does not pass the filter.' : ''}</span>
  );
}
