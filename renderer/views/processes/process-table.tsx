import { Fragment, useState } from 'react';
import type { Process, Sample } from '../../../main/contract/samples.ts';
import { type Level, levelOf, levelWord } from '../../../main/domain/present/levels.ts';
import { formatCount, formatMemory, formatPercent, unknown } from '../../../main/domain/present/units.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { Icon } from '../../parts/icon.tsx';
import { type ProcessOrder, processKey, topProcesses } from '../../state/process-table.ts';

interface ProcessTableProps {
  readonly processes: NonNullable<Sample['data']['processes']>;
  readonly order: ProcessOrder;
}

/** Ten rows; a row opens to its whole command line. All that names a process is a host's text, and is shown as text. */
export function ProcessTable({ processes, order }: ProcessTableProps) {
  const [opened, setOpened] = useState<string | null>(null);
  const rows = topProcesses(processes.list, order);
  if (rows.length === 0) return <p className="empty">The host listed no processes.</p>;
  const first = processes.window_seconds === null;
  return (
    <>
      {first && <p className="hint">A first sample has no CPU shares yet: they need two reads.</p>}
      <table className="table process-table">
        <thead>
          <tr>
            <th scope="col" className="right column-pid">
              PID
            </th>
            <th scope="col">Name</th>
            <OrderedHeader className="column-cpu" here={order === 'cpu'}>
              CPU % of one core
            </OrderedHeader>
            <th scope="col" className="right column-host">
              of host
            </th>
            <OrderedHeader className="column-memory" here={order === 'memory'}>
              Memory
            </OrderedHeader>
            <th scope="col" className="column-user">
              User
            </th>
            <th scope="col" className="right column-threads">
              Threads
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((process) => {
            const key = processKey(process);
            return (
              <Fragment key={key}>
                <Row process={process} open={opened === key} onToggle={() => setOpened(opened === key ? null : key)} />
                {opened === key && <Detail process={process} />}
              </Fragment>
            );
          })}
        </tbody>
      </table>
    </>
  );
}

interface OrderedHeaderProps {
  readonly className: string;
  /** Whether the rows are in the order of this column. */
  readonly here: boolean;
  readonly children: string;
}

function OrderedHeader({ className, here, children }: OrderedHeaderProps) {
  return (
    <th scope="col" className={`right ${className}`} aria-sort={here ? 'descending' : undefined}>
      <span className="ordered">
        {here && <Icon name="down" />}
        {children}
      </span>
    </th>
  );
}

function Row({ process, open, onToggle }: { process: Process; open: boolean; onToggle: () => void }) {
  const level = levelOf('process', process.cpu_percent);
  const name = visible(process.name, 64);
  const command = process.command === null ? null : visible(process.command, 600);
  return (
    <tr className={open ? 'process process-open' : 'process'}>
      <td className="right number">{process.pid}</td>
      <td className="process-name">
        <button type="button" aria-expanded={open} onClick={onToggle} title={command ?? name}>
          <span className="process-short">{name}</span>
          <span className="process-command">{command ?? 'no command line'}</span>
        </button>
      </td>
      <td className="right">
        <span className={`process-cpu text-${level ?? 'unknown'}`}>
          <LevelMark level={level} />
          <span className="level-word">{level === null ? '' : levelWord('process', process.cpu_percent)}</span>
          <span className="number">{formatPercent(process.cpu_percent, 1)}</span>
        </span>
      </td>
      <td className="right number faint">{formatPercent(process.cpu_host_percent, 1)}</td>
      <td className="right number">{formatMemory(process.memory_bytes)}</td>
      <td className="ellipsis">{process.user === null ? unknown : visible(process.user, 40)}</td>
      <td className="right number faint">{formatCount(process.threads)}</td>
    </tr>
  );
}

/** One, two or three steps filled: the level as a shape. */
function LevelMark({ level }: { level: Level | null }) {
  const filled = level === null ? 0 : { ok: 1, warn: 2, bad: 3 }[level];
  return (
    <svg className="level-mark" viewBox="0 0 11 10" aria-hidden="true">
      {[0, 1, 2].map((step) => (
        <rect
          key={step}
          className={step < filled ? 'on' : 'off'}
          x={step * 4}
          y={6 - step * 3}
          width="3"
          height={4 + step * 3}
          rx="0.8"
        />
      ))}
    </svg>
  );
}

function Detail({ process }: { process: Process }) {
  return (
    <tr className="process-detail">
      <td />
      <td colSpan={6}>
        <p className="mono selectable wrap" data-testid="process-command">
          {process.command === null
            ? 'No command line: a kernel thread, or hidden from this user.'
            : visible(process.command)}
        </p>
        <p className="faint">
          Kernel name <span className="mono">{visible(process.name, 64)}</span> · state {visible(process.state, 8)}
        </p>
      </td>
    </tr>
  );
}
