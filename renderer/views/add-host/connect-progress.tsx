import { useEffect } from 'react';
import { stepWords, visible } from '../../../main/domain/present/words.ts';
import { api } from '../../api/rackside.ts';
import { FaultNote } from '../../parts/fault-note.tsx';
import { Icon, type IconName } from '../../parts/icon.tsx';
import { QuestionForm } from '../../parts/question-form.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { type StepStatus, stepOrder, stepStatuses } from '../../state/connect-steps.ts';
import { useHostView } from '../../state/fleet.ts';
import { removeHosts } from '../../state/remove-hosts.ts';
import { go } from '../../state/route.ts';
import { toast, told } from '../../state/toasts.ts';

interface ConnectProgressProps {
  readonly hostId: string;
  readonly onEdit: () => void;
  readonly onClose: () => void;
}

const icons: Record<StepStatus, IconName> = {
  done: 'check',
  now: 'connecting',
  asks: 'asking',
  failed: 'stopped',
  ahead: 'disconnected',
};
const words: Record<StepStatus, string> = {
  done: 'done',
  now: 'under way',
  asks: 'needs you',
  failed: 'failed',
  ahead: 'not yet',
};

/** The steps of a new host's connection as they happen; with its first sample, its page opens. */
export function ConnectProgress({ hostId, onEdit, onClose }: ConnectProgressProps) {
  const view = useHostView(hostId);
  const arrived = view?.connection.state === 'live' && view.glance !== null;
  const name = view?.host.name ?? '';
  useEffect(() => {
    if (!arrived) return;
    onClose();
    go({ view: 'host', hostId });
    toast(`${name} is live.`);
  }, [arrived, hostId, name, onClose]);
  if (view === undefined) return <p className="hint">One moment …</p>;
  const { connection } = view;
  const statuses = stepStatuses(connection, view.glance !== null);
  const hop = connection.state === 'connecting' ? connection.hop : null;
  const fault = connection.state === 'waiting' || connection.state === 'stopped' ? connection.fault : null;
  const remove = () => {
    onClose();
    void removeHosts([hostId]);
  };
  return (
    <div className="progress">
      <ol className="steps" aria-label="Steps">
        {stepOrder.map((step) => (
          <li
            key={step}
            className={`step step-${statuses[step]}`}
            aria-current={statuses[step] === 'now' ? 'step' : undefined}
          >
            <Icon name={icons[statuses[step]]} />
            <span className="ellipsis">
              {stepWords[step]}
              {statuses[step] === 'now' && hop !== null && <span className="step-hop"> at {visible(hop, 60)}</span>}
              <span className="unseen">: {words[statuses[step]]}</span>
            </span>
          </li>
        ))}
      </ol>
      <div className="progress-side">
        {connection.state === 'asking' && <QuestionForm hostId={hostId} question={connection.question} />}
        {fault !== null && (
          <FaultNote fault={fault}>
            {connection.state === 'waiting' && <StateBadge connection={connection} />}
          </FaultNote>
        )}
        {connection.state === 'stopped' && fault === null && <p className="hint">It was stopped.</p>}
        {connection.state === 'connecting' && (
          <p className="hint">Nothing is installed on the host: a small script runs in the session and ends with it.</p>
        )}
        {(connection.state === 'waiting' || connection.state === 'stopped') && (
          <div className="actions">
            <button
              type="button"
              className={fault?.code === 'host_key_changed' ? 'button' : 'button button-primary'}
              onClick={() => void told('Try again', api()['hosts.connect']({ hostId }))}
            >
              Try again
            </button>
            <button type="button" className="button" onClick={onEdit}>
              Edit
            </button>
            <button type="button" className="button button-quiet" onClick={remove}>
              Remove
            </button>
          </div>
        )}
      </div>
    </div>
  );
}
