import { useState } from 'react';
import { healthWords } from '../../../main/domain/present/health-words.ts';
import { Icon } from '../../parts/icon.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { openDialog } from '../../state/dialogs.ts';
import { useFleet } from '../../state/fleet.ts';
import { withProblems } from '../../state/fleet-filter.ts';
import { useLayout } from '../../state/fleet-layout.ts';
import { type FleetSort, worstFirst } from '../../state/fleet-table.ts';
import { useArranged } from '../../state/use-arranged.ts';
import { FirstRun } from './first-run.tsx';
import { FleetHosts } from './fleet-hosts.tsx';
import { FleetSummary } from './fleet-summary.tsx';
import { LayoutButtons } from './layout-buttons.tsx';
import { SelectionBar } from './selection-bar.tsx';

/** All hosts: what state, how old the data, how busy. */
export function FleetView() {
  const ready = useFleet((state) => state.ready);
  const count = useFleet((state) => state.ids.length);
  const [filter, setFilter] = useState('');
  const [sort, setSort] = useState<FleetSort | null>(null);
  const [stop, setStop] = useState<string | null>(null);
  const groups = useArranged(filter, sort);
  const isEmpty = groups.every(({ ids }) => ids.length === 0);
  return (
    <div className="view fleet">
      <header className="view-head">
        <h1>Fleet</h1>
        <FleetSummary />
        <div className="view-actions">
          {/* First, for it comes and goes: what is before the others moves none of them. */}
          <ProblemsButton
            pressed={filter === withProblems}
            onPress={(pressed) => {
              setFilter(pressed ? withProblems : '');
              setSort(pressed ? worstFirst : null);
            }}
          />
          <SearchField
            id="fleet-filter"
            label="Filter hosts"
            title='Parts of names and addresses; tag:db, group:"rack 1", state:stopped, health:bad'
            placeholder="Filter  /   nas tag:db"
            value={filter}
            onChange={setFilter}
            onArrowDown={() => document.querySelector<HTMLElement>('.fleet-scroll [tabindex="0"]')?.focus()}
          />
          <LayoutButtons />
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
      {ready && <SelectionBar groups={groups} />}
      {ready && <Hosts {...{ groups, sort, stop }} onSort={setSort} onStop={setStop} />}
      {ready && count > 0 && isEmpty && <p className="empty">No host matches “{filter}”. Esc clears the filter.</p>}
      {ready && filter === '' && count <= 1 && <FirstRun />}
    </div>
  );
}

/** Leaves those hosts with which something is wrong, the worst first, and says how many they are. */
function ProblemsButton({ pressed, onPress }: { pressed: boolean; onPress: (pressed: boolean) => void }) {
  const count = useFleet(
    ({ ids, views }) => ids.filter((id) => healthWords(views[id]?.health ?? null) !== null).length,
  );
  if (count === 0 && !pressed) return null;
  return (
    <button
      type="button"
      className="button"
      aria-pressed={pressed}
      aria-label={`With problems ${count}`}
      title="Only hosts with which something is wrong, the worst first"
      onClick={() => onPress(!pressed)}
    >
      <Icon name="warn" />
      <span className="problems-word">With problems</span> <span className="number">{count}</span>
    </button>
  );
}

/** Another shape is another list: it is drawn anew, and only its place is kept. */
function Hosts(props: React.ComponentProps<typeof FleetHosts>) {
  const { shape } = useLayout();
  return <FleetHosts key={shape} {...props} />;
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
