import { Fragment, useMemo, useState } from 'react';
import type { Process } from '../../../main/contract/samples.ts';
import { type SampleName, TracedFrom } from '../../parts/traced.tsx';
import { useHeldRows } from '../../state/held-rows.ts';
import type { Shown } from '../../state/past-processes.ts';
import { groupRows, type ProcessGrouping, sortInGroups, topInGroups } from '../../state/process-groups.ts';
import {
  matchesProcess,
  type ProcessScope,
  type ProcessSort,
  processKey,
  type ProcessRow as Row,
  sortProcesses,
  topProcesses,
} from '../../state/process-table.ts';
import { columns, ProcessHead } from './process-columns.tsx';
import { ProcessDetail } from './process-detail.tsx';
import { ProcessGroupRow } from './process-group-row.tsx';
import { ProcessRow } from './process-row.tsx';

interface ProcessTableProps {
  readonly shown: Shown;
  /** A top has its own order, and only `all` is sorted and searched. */
  readonly scope: ProcessScope;
  readonly sort: ProcessSort;
  readonly filter: string;
  /** What rows are grouped by; null: each stands for itself. */
  readonly grouping: ProcessGrouping | null;
  readonly onSort: (sort: ProcessSort) => void;
  readonly onFollow: (process: Process) => void;
  /** The host, while it is connected and the list is live; null: nothing can be asked of a process. */
  readonly actHostId: string | null;
}

/**
 * The rows of one list; a row opens to all that is known of its process. A collector lists 64 processes at most, so all
 * rows exist, and the page's own search and the reader's table commands work on them.
 */
export function ProcessTable(props: ProcessTableProps) {
  const { shown, scope, sort, filter, grouping, onSort, onFollow, actHostId } = props;
  const [opened, setOpened] = useState<string | null>(null);
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const sample = useMemo(
    (): SampleName => ({ kind: 'fast', collected_at: new Date(shown.at).toISOString() }),
    [shown.at],
  );
  const { list, window_seconds: window } = shown.processes;
  const found = scope === 'all' ? list.filter((process) => matchesProcess(process, filter)) : list;
  const order = scope === 'all' ? sort : { column: scope, descending: true };
  const wanted = inOrder(found, scope, sort, grouping);
  const { rows, held, handlers } = useHeldRows(
    list,
    wanted,
    `${shown.live || shown.at} ${scope} ${order.column} ${order.descending} ${grouping} ${filter}`,
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
  const processRow = ({ process, gone }: Row) => {
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
  };
  return (
    <>
      {window === null && <p className="hint">A first sample has no CPU shares yet: they need two reads.</p>}
      <table className={grouping === null ? 'table process-table' : 'table process-table process-grouped'}>
        <ProcessHead scope={scope} order={order} onSort={onSort} />
        <TracedFrom sample={sample}>
          <tbody {...handlers} onKeyDown={onKeyDown}>
            {grouping === null
              ? rows.map(processRow)
              : groupRows(rows, grouping).map((group) => {
                  const key = `${grouping} ${group.name === undefined} ${JSON.stringify(group.name)}`;
                  return (
                    <Fragment key={key}>
                      <ProcessGroupRow
                        group={group}
                        list={list}
                        by={grouping}
                        open={unfolded.has(key)}
                        onToggle={() => setUnfolded((before) => toggled(before, key))}
                      />
                      {unfolded.has(key) && group.rows.map(processRow)}
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

/** What is drawn: all that was found in the order asked for, or a top, which has its own. */
function inOrder(
  list: readonly Process[],
  scope: ProcessScope,
  sort: ProcessSort,
  by: ProcessGrouping | null,
): Process[] {
  if (by === null) return scope === 'all' ? sortProcesses(list, sort) : topProcesses(list, scope);
  return scope === 'all' ? sortInGroups(list, by, sort) : topInGroups(list, by, scope);
}

function toggled(keys: ReadonlySet<string>, key: string): ReadonlySet<string> {
  return keys.has(key) ? new Set([...keys].filter((one) => one !== key)) : new Set([...keys, key]);
}
