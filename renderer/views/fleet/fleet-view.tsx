import { useMemo, useState } from 'react';
import { Icon } from '../../parts/icon.tsx';
import { openDialog } from '../../state/dialogs.ts';
import { useFleet } from '../../state/fleet.ts';
import { type FleetSort, listHosts } from '../../state/fleet-table.ts';
import { FirstRun } from './first-run.tsx';
import { FleetSummary } from './fleet-summary.tsx';
import { FleetTable } from './fleet-table.tsx';

/** All hosts: what state, how old the data, how busy. */
export function FleetView() {
  const ready = useFleet((state) => state.ready);
  const ids = useFleet((state) => state.ids);
  const [filter, setFilter] = useState('');
  const [sort, setSort] = useState<FleetSort | null>(null);
  // Names alone filter a list whose order is the console's; a sorted list must follow the readings.
  const follows = sort !== null || filter !== '';
  const views = useFleet((state) => (follows ? state.views : null));
  const listed = useMemo(
    () => (views === null ? ids : listHosts(ids, views, filter, sort)),
    [ids, views, filter, sort],
  );
  return (
    <div className="view fleet">
      <header className="view-head">
        <h1>Fleet</h1>
        <FleetSummary />
        <div className="view-actions">
          <label className="search">
            <Icon name="search" />
            <input
              id="fleet-filter"
              className="field"
              type="search"
              aria-label="Filter hosts"
              placeholder="Filter  /"
              value={filter}
              onChange={(event) => setFilter(event.target.value)}
              onKeyDown={(event) => {
                if (event.key === 'Escape') setFilter('');
                if (event.key === 'ArrowDown') document.querySelector<HTMLElement>('.fleet-row')?.focus();
              }}
            />
          </label>
          <button
            type="button"
            className="button button-primary"
            title="Add a host (a)"
            onClick={() => openDialog({ kind: 'add', editHostId: null })}
          >
            <Icon name="add" />
            Add host
          </button>
        </div>
      </header>
      {!ready && <Loading />}
      {ready && <FleetTable ids={listed} sort={sort} onSort={setSort} />}
      {ready && ids.length > 0 && listed.length === 0 && (
        <p className="empty">No host matches “{filter}”. Esc clears the filter.</p>
      )}
      {ready && filter === '' && ids.length <= 1 && <FirstRun />}
    </div>
  );
}

function Loading() {
  return (
    <div className="skeleton" role="status">
      <span className="unseen">Loading the fleet</span>
      {[0, 1, 2].map((row) => (
        <div key={row} className="skeleton-row" />
      ))}
    </div>
  );
}
