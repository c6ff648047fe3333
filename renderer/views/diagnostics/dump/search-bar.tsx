import { useState } from 'react';
import { formatCount } from '../../../../main/domain/present/units.ts';
import { visible } from '../../../../main/domain/present/words.ts';
import { Icon } from '../../../parts/icon.tsx';
import { IconButton } from '../../../parts/icon-button.tsx';
import { setOnlyHits } from '../../../state/dump/dump-list.ts';
import { beginSearch, cancelSearch, endSearch, goToHit } from '../../../state/dump/dump-search.ts';
import { type DumpSession, type SearchState, useDump } from '../../../state/dump/dump-session.ts';
import { useLater } from '../../../state/use-later.ts';

const typingMs = 300;
/** Looks through all outputs and command lines, with counts while it goes on. */
export function SearchBar({ session }: { session: DumpSession }) {
  const search = useDump(session, (state) => state.search);
  const onlyHits = useDump(session, (state) => state.onlyHits);
  const [text, setText] = useState(search.pattern);
  const [regex, setRegex] = useState(search.regex);
  const [matchCase, setMatchCase] = useState(search.matchCase);
  const later = useLater(typingMs);
  const found = search.progress !== null && search.progress.entries > 0;

  const begin = (pattern: string, options: { regex: boolean; matchCase: boolean }) => {
    later.forget();
    void beginSearch(session, { pattern, ...options });
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === 'Enter') {
      if (text === search.pattern && search.progress !== null) void goToHit(session, event.shiftKey ? -1 : 1);
      else begin(text, { regex, matchCase });
    } else if (event.key === 'Escape' && search.running) cancelSearch(session);
    else if (event.key === 'Escape' && text !== '') {
      setText('');
      later.forget();
      endSearch(session);
    } else if (event.key === 'Escape') event.currentTarget instanceof HTMLElement && event.currentTarget.blur();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <search className="search-bar">
      <div className="search dump-search">
        <Icon name="search" />
        <input
          id="dump-search"
          className="field mono"
          type="search"
          aria-label="Search in all outputs"
          placeholder="Search in all outputs (/)"
          aria-invalid={search.fault !== null}
          aria-describedby="dump-search-told"
          maxLength={1000}
          value={text}
          spellCheck={false}
          onKeyDown={onKeyDown}
          onChange={(event) => {
            const { value } = event.target;
            setText(value);
            later.do(() => begin(value, { regex, matchCase }));
          }}
        />
      </div>
      <button
        type="button"
        className="chip mono"
        aria-pressed={regex}
        aria-label="Regular expression"
        title="Regular expression"
        onClick={() => {
          setRegex(!regex);
          begin(text, { regex: !regex, matchCase });
        }}
      >
        .*
      </button>
      <button
        type="button"
        className="chip"
        aria-pressed={matchCase}
        aria-label="Match case"
        title="Match case"
        onClick={() => {
          setMatchCase(!matchCase);
          begin(text, { regex, matchCase: !matchCase });
        }}
      >
        Aa
      </button>
      <IconButton
        icon="up"
        label="Previous hit"
        title="Previous hit (N)"
        quiet
        disabled={!found}
        onClick={() => void goToHit(session, -1)}
      />
      <IconButton
        icon="down"
        label="Next hit"
        title="Next hit (n)"
        quiet
        disabled={!found}
        onClick={() => void goToHit(session, 1)}
      />
      <button
        type="button"
        className="chip"
        aria-pressed={onlyHits && search.fault === null}
        disabled={search.progress === null}
        onClick={() => setOnlyHits(session, !onlyHits)}
      >
        only entries with hits
      </button>
      <p id="dump-search-told" className="search-told number" role="status">
        <SearchWords search={search} />
      </p>
      {search.running && (
        <button
          type="button"
          className="button button-small"
          title="Cancel (Esc)"
          onClick={() => cancelSearch(session)}
        >
          Cancel
        </button>
      )}
    </search>
  );
}

function SearchWords({ search: { pattern, progress, running, fault } }: { search: SearchState }) {
  if (fault !== null) return <span className="text-bad">{visible(fault.message, 300)}</span>;
  if (pattern === '') return null;
  if (progress === null) return <>Searching …</>;
  const { hits, entries, bytes, readBytes, done } = progress;
  const counts = `${formatCount(hits)} ${hits === 1 ? 'hit' : 'hits'} in ${formatCount(entries)} ${entries === 1 ? 'entry' : 'entries'}`;
  if (done) return <>{counts}</>;
  const percent = bytes === 0 ? 100 : Math.floor((readBytes / bytes) * 100);
  return (
    <>
      {counts}, {running ? `${percent} %` : `cancelled at ${percent} %`}
    </>
  );
}
