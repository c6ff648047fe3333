import { useEffect, useRef } from 'react';
import type { ImportCandidate } from '../../../main/contract/host-import.ts';
import { targetWords, visible } from '../../../main/domain/present/words.ts';
import type { Deed } from '../../state/host-import.ts';

interface ImportListProps {
  readonly candidates: readonly ImportCandidate[];
  /** One for each. */
  readonly deeds: readonly Deed[];
  readonly onDeeds: (deeds: readonly Deed[]) => void;
}

/** More rows than anybody looks through, and as many as a page draws at once. */
const maxShown = 300;

/** The hosts of a file, each with whether it is taken, and what becomes of one that is there already. */
export function ImportList({ candidates, deeds, onDeeds }: ImportListProps) {
  const chosen = deeds.filter((deed) => deed !== 'skip').length;
  const all = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (all.current !== null) all.current.indeterminate = chosen > 0 && chosen < candidates.length;
  }, [chosen, candidates.length]);
  const choose = (index: number, deed: Deed) => onDeeds(deeds.map((one, at) => (at === index ? deed : one)));
  const chooseAll = (taken: boolean) =>
    onDeeds(candidates.map((candidate, index) => (taken ? takenAs(candidate, deeds[index]) : 'skip')));
  return (
    <fieldset className="import-list">
      <legend className="unseen">Hosts of the file</legend>
      <label className="check import-all">
        <input
          ref={all}
          type="checkbox"
          checked={chosen === candidates.length}
          onChange={({ target }) => chooseAll(target.checked)}
        />
        {chosen} of {candidates.length} chosen
      </label>
      <ul className="options">
        {candidates.slice(0, maxShown).map((candidate, index) => (
          <ImportRow
            key={`${candidate.draft.name} ${targetWords(candidate.draft.target)}`}
            candidate={candidate}
            deed={deeds[index] ?? 'skip'}
            onDeed={(deed) => choose(index, deed)}
          />
        ))}
      </ul>
      {candidates.length > maxShown && (
        <p className="hint">{candidates.length - maxShown} more are not shown; “all” means them too.</p>
      )}
    </fieldset>
  );
}

interface ImportRowProps {
  readonly candidate: ImportCandidate;
  readonly deed: Deed;
  readonly onDeed: (deed: Deed) => void;
}

function ImportRow({ candidate, deed, onDeed }: ImportRowProps) {
  const { draft, duplicate } = candidate;
  const name = visible(draft.name, 120);
  return (
    <li className="import-row">
      <label className="check">
        <input
          type="checkbox"
          checked={deed !== 'skip'}
          onChange={({ target }) => onDeed(target.checked ? takenAs(candidate, deed) : 'skip')}
        />
        <span className="ellipsis">{name}</span>
      </label>
      <span className="ellipsis faint">{visible(targetWords(draft.target), 200)}</span>
      {duplicate === null ? (
        <span className="ellipsis faint import-labels">{labels(candidate)}</span>
      ) : (
        <select
          className="field"
          aria-label={`What to do with ${name}`}
          value={deed}
          onChange={({ target }) => onDeed(target.value as Deed)}
        >
          <option value="skip">Is there: skip</option>
          <option value="update">Update {visible(duplicate.name, 40)}</option>
          <option value="add">Add a second one</option>
        </select>
      )}
    </li>
  );
}

/** One that is there already is updated rather than doubled. */
function takenAs({ duplicate }: ImportCandidate, before: Deed | undefined): Deed {
  if (before !== undefined && before !== 'skip') return before;
  return duplicate === null ? 'add' : 'update';
}

function labels({ draft: { group, tags } }: ImportCandidate): string {
  return visible([group ?? '', ...(tags ?? [])].filter((one) => one !== '').join(' · '), 120);
}
