import type { HostClock, Process } from '../../../main/contract/samples.ts';
import { processAge, processStateWords } from '../../../main/domain/present/process-words.ts';
import {
  formatCount,
  formatDateTime,
  formatDuration,
  formatRate,
  unknown,
} from '../../../main/domain/present/units.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { zoneAt } from '../../state/clock.ts';
import { copyText } from '../../state/copy-text.ts';
import { processKey } from '../../state/process-table.ts';
import { ProcessActions } from './process-actions.tsx';

interface ProcessDetailProps {
  readonly process: Process;
  /** When its list was taken, and the host's time then. */
  readonly at: number;
  readonly clock: HostClock;
  readonly onFollow: () => void;
  readonly actHostId: string | null;
}

/** All that is known of one process. What the host says is text, and every unseen character in it is spelled out. */
export function ProcessDetail({ process, at, clock, onFollow, actHostId }: ProcessDetailProps) {
  const { pid, command } = process;
  return (
    <div className="process-detail-body">
      <p className="mono selectable wrap" data-testid="process-command">
        {command === null
          ? 'No command line: a kernel thread, hidden from this user, or only names are kept.'
          : visible(command)}
      </p>
      <dl className="process-facts">
        <Fact name="PID">{pid}</Fact>
        <Fact name="Parent">{process.parent_pid ?? unknown}</Fact>
        <Fact name="User">{process.user === null ? unknown : visible(process.user, 64)}</Fact>
        <Fact name="State">{visible(processStateWords(process.state), 64)}</Fact>
        <Fact name="Threads">{formatCount(process.threads)}</Fact>
        <Fact name="Started">{startWords(process, at, clock)}</Fact>
        <Fact name="Nice">{process.nice ?? unknown}</Fact>
        <Fact name="Read">{formatRate(process.read_bytes_per_second ?? null)}</Fact>
        <Fact name="Written">{formatRate(process.write_bytes_per_second ?? null)}</Fact>
        <Fact name="Written in vain">{formatRate(process.cancelled_write_bytes_per_second ?? null)}</Fact>
        <Fact name="Service">{process.service == null ? unknown : visible(process.service, 128)}</Fact>
        <Fact name="Container">{process.container == null ? unknown : visible(process.container, 64)}</Fact>
        <Fact name="Kernel's name">{visible(process.name, 64)}</Fact>
      </dl>
      <div className="process-actions">
        <button type="button" className="button button-small" onClick={onFollow}>
          Follow over time
        </button>
        <button type="button" className="button button-small" onClick={() => copyText('PID', String(pid))}>
          Copy PID
        </button>
        <button
          type="button"
          className="button button-small"
          disabled={command === null}
          onClick={() => command !== null && copyText('Command line', command)}
        >
          Copy command
        </button>
      </div>
      {actHostId !== null && (
        <ProcessActions key={processKey(process)} hostId={actHostId} process={process} clock={clock} />
      )}
    </div>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="selectable">{children}</dd>
    </div>
  );
}

/** `2026-11-21 14:03:22, 2 h 3 min before this list`. */
function startWords(process: Process, at: number, clock: HostClock): string {
  const age = processAge(process, clock);
  if (age === null) return unknown;
  const began = at - age * 1000;
  return `${formatDateTime(began, zoneAt(began))}, ${formatDuration(age)} before this list`;
}
