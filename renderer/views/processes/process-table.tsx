import { Fragment, useMemo, useState } from 'react';
import type { Process } from '../../../main/contract/samples.ts';
import { Icon } from '../../parts/icon.tsx';
import { type SampleName, TracedFrom } from '../../parts/traced.tsx';
import { useHeldRows } from '../../state/held-rows.ts';
import type { Shown } from '../../state/past-processes.ts';
import {
  matchesProcess,
  type ProcessColumn,
  type ProcessScope,
  type ProcessSort,
  processKey,
  sortProcesses,
  topProcesses,
} from '../../state/process-table.ts';
import { ProcessDetail } from './process-detail.tsx';
import { ProcessRow } from './process-row.tsx';

const columns: readonly { readonly column: ProcessColumn; readonly label: string; readonly number: boolean }[] = [
  { column: 'pid', label: 'PID', number: true },
  { column: 'name', label: 'Name', number: false },
  { column: 'cpu', label: 'CPU of one core', number: true },
  { column: 'host', label: 'CPU of host', number: true },
  { column: 'memory', label: 'Memory', number: true },
  { column: 'read', label: 'Read', number: true },
  { column: 'write', label: 'Written', number: true },
  { column: 'user', label: 'User', number: false },
  { column: 'threads', label: 'Threads', number: true },
  { column: 'nice', label: 'Nice', number: true },
  { column: 'state', label: 'State', number: false },
];

interface ProcessTableProps {
  readonly shown: Shown;
  /** A top has its own order, and only `all` is sorted and searched. */
  readonly scope: ProcessScope;
  readonly sort: ProcessSort;
  readonly filter: string;
  readonly onSort: (sort: ProcessSort) => void;
  readonly onFollow: (process: Process) => void;
  /** The host, while it is connected and the list is live; null: nothing can be asked of a process. */
  readonly actHostId: string | null;
}

/**
 * The rows of one list; a row opens to all that is known of its process. A collector lists 64 processes at most, so all
 * rows exist, and the page's own search and the reader's table commands work on them.
 */
export function ProcessTable({ shown, scope, sort, filter, onSort, onFollow, actHostId }: ProcessTableProps) {
  const [opened, setOpened] = useState<string | null>(null);
  const sample = useMemo(
    (): SampleName => ({ kind: 'fast', collected_at: new Date(shown.at).toISOString() }),
    [shown.at],
  );
  const { list, window_seconds: window } = shown.processes;
  const wanted =
    scope === 'all'
      ? sortProcesses(
          list.filter((process) => matchesProcess(process, filter)),
          sort,
        )
      : topProcesses(list, scope);
  const order = scope === 'all' ? sort : { column: scope, descending: true };
  const { rows, held, handlers } = useHeldRows(
    list,
    wanted,
    `${shown.live || shown.at} ${scope} ${order.column} ${order.descending} ${filter}`,
  );
  if (list.length === 0) return <p className="empty">The host listed no processes.</p>;
  if (rows.length === 0) {
    return (
      <p className="empty">
        None of the {list.length} listed processes matches “{filter}”.
      </p>
    );
  }
  const onKeyDown = (event: React.KeyboardEvent<HTMLElement>) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || !(event.target instanceof HTMLElement)) return;
    const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('.process-name button')];
    const here = buttons.indexOf(event.target);
    if (here < 0) return;
    buttons[here + step]?.focus();
    event.preventDefault();
  };
  return (
    <>
      {window === null && <p className="hint">A first sample has no CPU shares yet: they need two reads.</p>}
      <table className="table process-table">
        <thead>
          <tr>
            {columns.map(({ column, label, number }) => (
              <th
                key={column}
                scope="col"
                className={`column-${column}${number ? ' right' : ''}`}
                aria-sort={order.column !== column ? undefined : order.descending ? 'descending' : 'ascending'}
              >
                <button type="button" className="sort" onClick={() => onSort(nextSort(order, scope, column, number))}>
                  {label}
                  <span className="sort-mark">
                    {order.column === column && <Icon name={order.descending ? 'down' : 'up'} />}
                  </span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <TracedFrom sample={sample} isKept={!shown.live}>
          <tbody {...handlers} onKeyDown={onKeyDown}>
            {rows.map(({ process, gone }) => {
              const key = processKey(process);
              return (
                <Fragment key={key}>
                  <ProcessRow
                    process={process}
                    index={list.indexOf(process)}
                    gone={gone}
                    open={opened === key}
                    onToggle={() => setOpened(opened === key ? null : key)}
                  />
                  {opened === key && (
                    <tr className="process-detail">
                      <td />
                      <td colSpan={columns.length - 1}>
                        <ProcessDetail
                          process={process}
                          at={shown.at}
                          clock={shown.clock}
                          actHostId={actHostId}
                          onFollow={() => onFollow(process)}
                        />
                      </td>
                    </tr>
                  )}
                </Fragment>
              );
            })}
          </tbody>
        </TracedFrom>
      </table>
      <p className="process-held" aria-live="off">
        {held && shown.live && (
          <span className="tag" data-testid="order-held">
            Order paused while you are on a row; values go on
          </span>
        )}
      </p>
    </>
  );
}

/** Another column begins with numbers from the top and words from A; the same one turns round. */
function nextSort(order: ProcessSort, scope: ProcessScope, column: ProcessColumn, number: boolean): ProcessSort {
  if (scope === 'all' && order.column === column) return { column, descending: !order.descending };
  return { column, descending: number };
}
