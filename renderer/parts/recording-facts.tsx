import type { Recording } from '../../main/contract/recordings.ts';
import { formatBytes, formatCount, formatDuration, formatRate } from '../../main/domain/present/units.ts';
import { leftWords } from '../state/capture.ts';
import { useClock } from '../state/clock.ts';

/** How much a running recording has, how fast it grows, and how long it runs still; who asked for it, if not a window. */
export function RecordingFacts({ recording }: { recording: Recording }) {
  const { since, dumps, entries, bytes, by, fault } = recording;
  const lasted = useClock((now) => formatDuration((now - since) / 1000));
  const left = useClock((now) => leftWords(recording, now));
  const rate = useClock((now) => formatRate((bytes * 1000) / Math.max(1000, now - since)));
  return (
    <>
      {by === 'command line' && <span className="faint">by the command line</span>}
      {dumps > 1 && <span className="number recording-count">dump {formatCount(dumps)}</span>}
      <span className="number recording-count">{formatCount(entries)} entries</span>
      <span className="number recording-count">{formatBytes(bytes)}</span>
      {fault === null && (
        <>
          <span className="number recording-count">{rate}</span>
          <span className="number recording-count">{left === null ? lasted : `${left} left`}</span>
        </>
      )}
    </>
  );
}

/** The mark of a host that is being recorded, beside its name: short, because a name is what is looked for. */
export function RecordingTag({ recording }: { recording: Recording | null }) {
  const left = useClock((now) => (recording === null ? null : leftWords(recording, now)));
  if (recording === null) return null;
  const { directory, fault } = recording;
  const words = fault === null ? `Recorded to ${directory}` : `Recording stopped: ${fault.message}`;
  return (
    <span className="tag tag-record" title={words}>
      {fault !== null ? 'rec stopped' : left === null ? 'rec' : `● ${left}`}
      <span className="unseen"> {fault === null && left !== null ? 'of recording left' : ''}</span>
    </span>
  );
}
