import type { HostView } from '../../../main/contract/hosts.ts';
import { formatBytes, formatCount, formatDuration } from '../../../main/domain/present/units.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { Icon } from '../../parts/icon.tsx';
import { useClock } from '../../state/clock.ts';

/** Where a running recording goes, and how much it has. */
export function RecordingLine({ view }: { view: HostView }) {
  const { recording } = view;
  const since = useClock((now) => (recording === null ? '' : formatDuration((now - recording.since) / 1000)));
  if (recording === null) return null;
  return (
    <section className={recording.fault === null ? 'note note-record' : 'note note-bad'} aria-label="Recording">
      <Icon name={recording.fault === null ? 'record' : 'warn'} filled={recording.fault === null} />
      <span className="mono ellipsis selectable" data-testid="recording-directory">
        {recording.directory}
      </span>
      <span className="number recording-count">{formatCount(recording.entries)} entries</span>
      <span className="number recording-count">{formatBytes(recording.bytes)}</span>
      <span className="number recording-count">{since}</span>
      {recording.fault !== null && (
        <strong role="alert">Writing stopped: {visible(recording.fault.message, 400)}</strong>
      )}
    </section>
  );
}
