import type { HostView } from '../../../main/contract/hosts.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { Icon } from '../../parts/icon.tsx';
import { RecordingFacts } from '../../parts/recording-facts.tsx';

/** Where a running recording goes, how much it has, and when it ends. */
export function RecordingLine({ view }: { view: HostView }) {
  const { recording } = view;
  if (recording === null) return null;
  const { fault, directory } = recording;
  return (
    <section className={fault === null ? 'note note-record' : 'note note-bad'} aria-label="Recording">
      <Icon name={fault === null ? 'record' : 'warn'} filled={fault === null} />
      <span className="mono ellipsis selectable" data-testid="recording-directory" title={directory}>
        {directory}
      </span>
      <RecordingFacts recording={recording} />
      {fault !== null && (
        <strong role="alert" className="recording-fault">
          Writing stopped: {visible(fault.message, 400)}
        </strong>
      )}
    </section>
  );
}
