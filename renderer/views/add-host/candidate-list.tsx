import { useEffect, useRef, useState } from 'react';
import type { Candidate, HostDraft } from '../../../main/contract/hosts.ts';
import { targetWords, visible } from '../../../main/domain/present/words.ts';
import { api, faultOf } from '../../api/rackside.ts';

interface Found {
  readonly candidates: readonly Candidate[];
  readonly problems: readonly string[];
}

interface CandidateListProps {
  readonly busy: boolean;
  readonly onChoose: (draft: HostDraft) => void;
  readonly onChooseAll: (drafts: readonly HostDraft[]) => void;
  readonly onByHand: () => void;
}

/** The hosts that the technician's own ssh configuration names; one click adds one, or all that are shown. */
export function CandidateList({ busy, onChoose, onChooseAll, onByHand }: CandidateListProps) {
  const [found, setFound] = useState<Found | null>(null);
  const [hadFocus, setHadFocus] = useState(false);
  const [filter, setFilter] = useState('');
  const search = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const abort = new AbortController();
    // The field has the focus from the start; where there is nothing to search it goes, and the focus to what is left.
    function show(answer: Found): void {
      setHadFocus(document.activeElement === search.current);
      setFound(answer);
    }
    api()
      ['hosts.candidates']({}, abort.signal)
      .then(show)
      .catch((error: unknown) => {
        if (!abort.signal.aborted) show({ candidates: [], problems: [faultOf(error).message] });
      });
    return () => abort.abort();
  }, []);
  const empty = found?.candidates.length === 0;
  const wanted = filter.toLowerCase();
  const shown = found?.candidates.filter(({ name, target }) =>
    `${name} ${targetWords(target)}`.toLowerCase().includes(wanted),
  );
  const fresh = (shown ?? []).flatMap(({ name, target, known }) => (known ? [] : [{ name, target }]));
  return (
    <div className="candidates" role="tabpanel" aria-labelledby="tab-config">
      <input
        ref={search}
        data-first
        hidden={empty}
        className="field"
        type="search"
        aria-label="Search ssh config"
        placeholder="Search"
        value={filter}
        onChange={(event) => setFilter(event.target.value)}
      />
      {found === null && <p className="hint">Reading ~/.ssh/config …</p>}
      {found?.problems.map((problem) => (
        <p key={problem} className="text-warn problem">
          {visible(problem, 400)}
        </p>
      ))}
      {found !== null && found.candidates.length === 0 && (
        <div className="empty">
          <p>Your ssh configuration names no hosts.</p>
          {/* biome-ignore lint/a11y/noAutofocus: the focus was in a field that is gone */}
          <button type="button" className="button" autoFocus={hadFocus} onClick={onByHand}>
            Add one by hand
          </button>
        </div>
      )}
      {found !== null && found.candidates.length > 0 && shown?.length === 0 && (
        <p className="empty">None is called that.</p>
      )}
      <ul className="options">
        {shown?.slice(0, 200).map(({ name, target, known }) => (
          <li key={`${name} ${targetWords(target)}`}>
            <button
              type="button"
              className="option"
              disabled={busy || known}
              onClick={() => onChoose({ name, target })}
            >
              <span className="ellipsis">
                {!known && <span className="unseen">Add </span>}
                {visible(name, 120)}
              </span>
              <span className="ellipsis faint">{visible(targetWords(target), 200)}</span>
              <span className="option-end">
                {known ? <span className="tag">added</span> : <span aria-hidden="true">Add ›</span>}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {fresh.length > 1 && (
        <div className="actions">
          <button type="button" className="button" disabled={busy} onClick={() => onChooseAll(fresh)}>
            Add {wanted === '' ? 'all' : 'these'} {fresh.length}
          </button>
          <span className="hint">Your ssh config stays the truth: it is read anew for each connection.</span>
        </div>
      )}
    </div>
  );
}
