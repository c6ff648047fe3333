import { Icon } from '../../parts/icon.tsx';
import type { ProcessColumn, ProcessScope, ProcessSort } from '../../state/process-table.ts';

export const columns: readonly { readonly column: ProcessColumn; readonly label: string; readonly number: boolean }[] =
  [
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

interface ProcessHeadProps {
  readonly scope: ProcessScope;
  /** The order that the rows stand in. */
  readonly order: ProcessSort;
  readonly onSort: (sort: ProcessSort) => void;
}

export function ProcessHead({ scope, order, onSort }: ProcessHeadProps) {
  return (
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
  );
}

/** Another column begins with numbers from the top and words from A; the same one turns round. */
function nextSort(order: ProcessSort, scope: ProcessScope, column: ProcessColumn, number: boolean): ProcessSort {
  if (scope === 'all' && order.column === column) return { column, descending: !order.descending };
  return { column, descending: number };
}
