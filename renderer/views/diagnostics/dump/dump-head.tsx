import { formatBytes, formatCount } from '../../../../main/domain/present/units.ts';
import { targetWords, visible } from '../../../../main/domain/present/words.ts';
import { Icon } from '../../../parts/icon.tsx';
import { goToHost } from '../../../state/dump/dump-moves.ts';
import { type DumpSession, useDump } from '../../../state/dump/dump-session.ts';
import { pullDump, pulledWords } from '../../../state/dump/pull-dump.ts';
import { useHostView } from '../../../state/fleet.ts';
import { useLost } from '../../../state/link.ts';
import { openShare } from '../../../state/share/open-share.ts';
import { SaveTable } from './save-table.tsx';

/** Which dump, how far it is read, how much there is of it and how sound it is. */
export function DumpHead({ session }: { session: DumpSession }) {
  const view = useHostView(session.hostId);
  const status = useDump(session, (state) => state.status);
  const lost = useLost();
  if (view === undefined) return null;
  const { host } = view;
  const path = visible(targetWords(host.target), 400);
  return (
    <>
      <header className="view-head dump-head">
        <h1 className="ellipsis">{visible(host.name, 120)}</h1>
        <span className="ellipsis faint mono dump-path" title={path}>
          {path}
        </span>
        <DumpCounts session={session} />
        <div className="view-actions">
          <SaveTable session={session} />
          <button
            type="button"
            className="button"
            title="A part of the dump for somebody else (X)"
            disabled={lost}
            onClick={() => openShare(session.hostId, 'part')}
          >
            <Icon name="save" />
            Export …
          </button>
          <button
            type="button"
            className="button"
            title="The host's page at this instant (h)"
            onClick={() => goToHost(session)}
          >
            <Icon name="replay" />
            Host at this instant
          </button>
        </div>
      </header>
      <IndexProgress session={session} />
      <OnHost session={session} />
      {status !== null && status.notes.length > 0 && <DumpNotices notes={status.notes} />}
    </>
  );
}

/** Of a dump that lies on a host: how much of it is here, and the way to have all of it. */
function OnHost({ session }: { session: DumpSession }) {
  const onHost = useDump(session, (state) => state.status?.onHost ?? null);
  const pull = useDump(session, (state) => state.pull);
  const lost = useLost();
  if (onHost === null && pull === null) return null;
  const far = pull?.progress ?? (onHost === null ? null : { bytes: onHost.hereBytes, size: onHost.bytes });
  const isChecking = pull?.progress?.state === 'checking';
  return (
    <p className="dump-on-host">
      <Icon name="save" />
      <span className="number" role="status">
        {far === null ? '' : `${pulledWords(far)} here${isChecking ? ', comparing checksums' : ''}`}
      </span>
      {far !== null && <progress aria-label="Of the dump here" value={far.bytes} max={Math.max(1, far.size)} />}
      {pull === null ? (
        <button
          type="button"
          className="button button-small"
          disabled={lost}
          title="For search, gauges and export: they need all of it"
          onClick={() => void pullDump(session)}
        >
          Take all of it
        </button>
      ) : (
        <button type="button" className="button button-small" onClick={pull.leave}>
          Stop
        </button>
      )}
    </p>
  );
}

/** What is wrong with the dump: the first in the line, the others when it is opened. */
function DumpNotices({ notes }: { notes: readonly string[] }) {
  const [first = '', ...others] = notes;
  const line = (
    <>
      <Icon name="warn" />
      <span>{visible(first, 600)}</span>
    </>
  );
  if (others.length === 0) return <p className="dump-notices">{line}</p>;
  return (
    <details className="dump-notices">
      <summary>
        {line}
        <span className="faint">and {others.length} more</span>
      </summary>
      <ul>
        {others.map((note) => (
          <li key={note}>{visible(note, 600)}</li>
        ))}
      </ul>
    </details>
  );
}

function DumpCounts({ session }: { session: DumpSession }) {
  const status = useDump(session, (state) => state.status);
  const failures = useDump(session, (state) => state.failures);
  if (status === null) return <span className="faint">Opening …</span>;
  const damage: [number, string][] = [
    [status.torn, 'torn'],
    [status.lying, 'lying'],
    [status.suspect, 'suspect'],
  ];
  return (
    <ul className="dump-counts" aria-label="What the dump holds">
      <li>
        <strong>{formatCount(status.entries)}</strong> entries
      </li>
      <li>{formatBytes(status.bytes)}</li>
      {status.parts > 1 && <li title="Files of a log that was rotated, read as one">{status.parts} parts</li>}
      {failures !== null && failures > 0 && <li className="text-bad">{formatCount(failures)} failed</li>}
      {damage
        .filter(([count]) => count > 0)
        .map(([count, word]) => (
          <li key={word} className="text-warn">
            {formatCount(count)} {word}
          </li>
        ))}
      {status.skippedBytes > 0 && <li className="text-warn">{formatBytes(status.skippedBytes)} skipped</li>}
      {!status.sizesTrusted && <li className="text-warn">sizes not trusted</li>}
    </ul>
  );
}

/** A thin line while the file is read; its place stays, so that nothing moves when it is done. */
function IndexProgress({ session }: { session: DumpSession }) {
  const percent = useDump(session, ({ status }) => {
    if (status === null || status.phase === 'ready' || status.phase === 'failed') return null;
    return status.bytes === 0 ? 0 : Math.floor((status.readBytes / status.bytes) * 100);
  });
  const unpacking = useDump(session, ({ status }) => status?.phase === 'unpacking');
  return (
    <div className="dump-progress">
      {percent !== null && (
        <div
          role="progressbar"
          aria-label={unpacking ? 'Unpacking the archive' : 'Reading the dump'}
          aria-valuenow={percent}
          aria-valuemin={0}
          aria-valuemax={100}
          style={{ width: `${percent}%` }}
        />
      )}
    </div>
  );
}
