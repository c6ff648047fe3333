import type { Entry } from '../../../../main/contract/dump-entries.ts';
import { exitWords, hasFailed, runWords, stateWords } from '../../../../main/domain/present/entry-words.ts';
import { formatBytes, formatCount, formatExactDateTime } from '../../../../main/domain/present/units.ts';
import { visible } from '../../../../main/domain/present/words.ts';
import { Icon, type IconName } from '../../../parts/icon.tsx';
import { IconButton } from '../../../parts/icon-button.tsx';
import { zoneAt } from '../../../state/clock.ts';
import {
  compareWithMarked,
  compareWithRun,
  goToRun,
  markedRun,
  markForCompare,
} from '../../../state/dump/dump-moves.ts';
import { bookmark, noteOf } from '../../../state/dump/dump-notes.ts';
import { showSampleOf } from '../../../state/dump/dump-samples.ts';
import { type DumpSession, useDump } from '../../../state/dump/dump-session.ts';

/** Which run it is, to the millisecond and the byte, how it ended, and what can be done with it. */
export function OutputHead({ session, entry }: { session: DumpSession; entry: Entry }) {
  const note = useDump(session, ({ notes }) => noteOf(notes, entry.position));
  const compared = useDump(session, (state) => state.compared);
  const samples = useDump(session, (state) => (state.status?.samples ?? 0) > 0);
  const state = stateWords(entry.state);
  const marked = markedRun(session.hostId, entry.position);
  return (
    <header className="output-head">
      <p className="mono selectable output-command">$ {visible(entry.command, 4000)}</p>
      <ul className="output-facts number">
        <li>{formatExactDateTime(entry.at, zoneAt(entry.at))}</li>
        <li className={hasFailed(entry) ? 'entry-failed' : ''}>{exitWords(entry)}</li>
        <li>{runWords(entry.durationMs)}</li>
        <li title={`${formatCount(entry.size)} bytes`}>{formatBytes(entry.size)}</li>
        {entry.stderr > 0 && <li>{formatBytes(entry.stderr)} on standard error</li>}
        <li className="faint">at byte {formatCount(entry.offset)}</li>
        {entry.kind !== null && <li className="faint">{entry.kind} round</li>}
      </ul>
      {(state !== null || entry.truncated || entry.error !== null) && (
        <p className="text-warn">
          {[
            state,
            entry.truncated ? 'truncated: more was printed than is kept' : null,
            entry.error === null ? null : `it did not run: ${visible(entry.error, 400)}`,
          ]
            .filter((words) => words !== null)
            .join(' · ')}
        </p>
      )}
      {note !== null && note.text !== 'Bookmark' && <p className="output-note">{visible(note.text, 4000)}</p>}
      <div className="output-actions">
        <IconButton
          icon="left"
          label="Previous run"
          title="Previous run of this command ([)"
          quiet
          onClick={() => void goToRun(session, 'previous')}
        />
        <IconButton
          icon="right"
          label="Next run"
          title="Next run of this command (])"
          quiet
          onClick={() => void goToRun(session, 'next')}
        />
        <Action
          icon="bookmark"
          label={note === null ? 'Bookmark' : 'Note'}
          title="Bookmark it, or write a note (b)"
          onClick={() => void bookmark(session)}
        />
        <Action
          icon="swap"
          label="Diff"
          title="Difference to the previous run (d)"
          pressed={compared !== null}
          onClick={() => {
            if (compared === null) void compareWithRun(session, 'previous');
            else session.store.setState({ compared: null });
          }}
        />
        <Action
          icon="check"
          label="Mark"
          title="Mark it, to compare another run with it (m)"
          onClick={() => markForCompare(session)}
        />
        {marked !== null && (
          <Action
            icon="swap"
            label="Diff with marked"
            title="Difference to the run that was marked"
            onClick={() => compareWithMarked(session)}
          />
        )}
        {samples && (
          <Action
            icon="diagnostics"
            label="Sample"
            title="The sample that this went into"
            onClick={() => void showSampleOf(session, entry.position)}
          />
        )}
        <HitWords session={session} entry={entry} />
      </div>
    </header>
  );
}

/** Which hit of how many; one in the header is not in the output below. */
function HitWords({ session, entry }: { session: DumpSession; entry: Entry }) {
  const hits = useDump(session, (state) => state.hits);
  const hit = useDump(session, (state) => state.hit);
  if (hits.length === 0) return null;
  const here = hit === null ? undefined : hits[hit];
  const more = hits.length === maxHits ? ' or more' : '';
  return (
    <span className="hint number">
      {hit === null ? '' : `${hit + 1} of `}
      {formatCount(hits.length)}
      {more} {hits.length === 1 ? 'hit' : 'hits'}
      {here !== undefined && here.offset < entry.offset && ', in its header'}
    </span>
  );
}

/** As many as are told of one entry. */
const maxHits = 1000;

interface ActionProps {
  readonly icon: IconName;
  readonly label: string;
  readonly title: string;
  readonly pressed?: boolean;
  readonly onClick: () => void;
}

function Action({ icon, label, title, pressed, onClick }: ActionProps) {
  return (
    <button
      type="button"
      className="button button-small button-quiet"
      title={title}
      aria-pressed={pressed}
      onClick={onClick}
    >
      <Icon name={icon} />
      {label}
    </button>
  );
}
