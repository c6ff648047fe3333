import { Icon } from '../../parts/icon.tsx';
import { clearSelection, selectAll, useSelection } from '../../state/fleet-selection.ts';
import type { FleetColumn, FleetSort } from '../../state/fleet-table.ts';

const columns: readonly { readonly column: FleetColumn; readonly label: string; readonly number: boolean }[] = [
  { column: 'state', label: 'State', number: false },
  { column: 'name', label: 'Name', number: false },
  { column: 'health', label: 'Health', number: true },
  { column: 'address', label: 'Address', number: false },
  { column: 'cpu', label: 'CPU', number: true },
  { column: 'memory', label: 'Memory', number: true },
  { column: 'load', label: 'Load', number: true },
  { column: 'uptime', label: 'Uptime', number: true },
  { column: 'age', label: 'Data', number: true },
];

interface FleetHeadProps {
  readonly listed: readonly string[];
  readonly sort: FleetSort | null;
  readonly onSort: (sort: FleetSort | null) => void;
}

/** The head of the list: what the columns are, and by which of them it is sorted. */
export function FleetHead({ listed, sort, onSort }: FleetHeadProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: as the grid
    <div className="fleet-head" role="row" aria-rowindex={1} tabIndex={-1}>
      <CheckAll listed={listed} />
      {columns.map(({ column, label, number }) => (
        <HeaderCell key={column} column={column} label={label} number={number} sort={sort} onSort={onSort} />
      ))}
    </div>
  );
}

function CheckAll({ listed }: { listed: readonly string[] }) {
  const selected = useSelection();
  const all = listed.length > 0 && listed.every((id) => selected.has(id));
  return (
    // biome-ignore lint/a11y/useSemanticElements: as the grid
    <div role="columnheader" tabIndex={-1} className="cell-check">
      <input
        type="checkbox"
        className="host-check"
        aria-label="Select all hosts shown"
        checked={all}
        onChange={() => (all ? clearSelection() : selectAll(listed))}
      />
    </div>
  );
}

interface HeaderCellProps {
  readonly column: FleetColumn;
  readonly label: string;
  readonly number: boolean;
  readonly sort: FleetSort | null;
  readonly onSort: (sort: FleetSort | null) => void;
}

/** First click sorts numbers from the top and words from A, the second turns it round, the third lets go. */
function HeaderCell({ column, label, number, sort, onSort }: HeaderCellProps) {
  const here = sort?.column === column ? sort : null;
  const next = () => {
    if (here === null) return onSort({ column, descending: number });
    onSort(here.descending === number ? { column, descending: !number } : null);
  };
  const direction = here === null ? 'none' : here.descending ? 'descending' : 'ascending';
  return (
    // biome-ignore lint/a11y/useSemanticElements: as the grid
    <div role="columnheader" tabIndex={-1} aria-sort={direction} className={`cell-${column}`}>
      <button type="button" className="sort" onClick={next}>
        {label}
        <span className="sort-mark">{here !== null && <Icon name={here.descending ? 'down' : 'up'} />}</span>
      </button>
    </div>
  );
}
