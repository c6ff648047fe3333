import { useMemo } from 'react';
import type { Unit } from '../../../../main/contract/guests.ts';
import type { HostView } from '../../../../main/contract/hosts.ts';
import type { Sample } from '../../../../main/contract/samples.ts';
import type { Level } from '../../../../main/domain/present/levels.ts';
import { formatCount, unknown } from '../../../../main/domain/present/units.ts';
import { Folded } from '../../../parts/folded.tsx';
import { type ReadingColumn, ReadingTable } from '../../../parts/reading-table.tsx';
import { Traced } from '../../../parts/traced.tsx';
import { placed } from '../../../state/reading-rows.ts';
import { StateWord } from '../cells.tsx';
import { columnsOf } from '../reading-columns.tsx';
import { SlowPanel } from '../slow-panel.tsx';

function columnsIn(list: 'list' | 'failed'): ReadingColumn<Unit>[] {
  const { path, words } = columnsOf<Unit>('units', list);
  return [
    words('name', 'Unit', 14, { grow: 2, className: 'mono' }),
    {
      ...{ id: 'active', label: 'State', rem: 9, value: ({ active, sub }) => `${active} ${sub}` },
      cell: ({ active, sub }, at) => (
        <StateWord
          path={path(at, 'active')}
          level={levelOfState(active)}
          text={active === sub ? active : `${active} (${sub})`}
        />
      ),
    },
    {
      ...words('load', 'Load', 5),
      cell: ({ load }, at) => (
        <Traced path={path(at, 'load')} className={load === 'loaded' ? 'faint' : ''}>
          {load}
        </Traced>
      ),
    },
    words('description', 'What it is', 12, { grow: 3, className: 'faint' }),
  ];
}

function levelOfState(active: string): Level | null {
  if (active === 'failed') return 'bad';
  return active === 'active' || active === 'inactive' ? 'ok' : null;
}

const failedColumns = columnsIn('failed');
const listColumns = columnsIn('list');
const textOf = ({ name, active, sub, description }: Unit) => [name, active, sub, description].join(' ');
const keyOf = ({ name }: Unit) => name;

const counted = { path: ['units', 'counts', 'total'] };

/** systemd: what failed stands first; all the rest is one list to look through. */
export function UnitsPanel({ view, sample }: { view: HostView; sample: Sample | null }) {
  const units = sample?.data.units ?? null;
  const failed = useMemo(() => placed(units?.failed ?? []), [units]);
  const list = useMemo(() => placed(units?.list ?? [], ({ active }) => active !== 'failed'), [units]);
  return (
    <SlowPanel
      view={view}
      id="units"
      title="Services"
      collector="units"
      sample={sample}
      count={units?.counts.total ?? null}
      counted={counted}
    >
      <p className="panel-facts">
        <span>
          <span className="faint">systemd is </span>
          <Traced path={['units', 'state']} className={units?.state === 'degraded' ? 'text-warn' : undefined}>
            {units?.state ?? unknown}
          </Traced>
        </span>
        <span>
          <Traced path={['units', 'counts', 'active']}>{formatCount(units?.counts.active ?? null)}</Traced>
          <span className="faint"> active</span>
        </span>
        <span>
          <Traced path={['units', 'counts', 'failed']} className={failed.length > 0 ? 'text-bad' : undefined}>
            {formatCount(units?.counts.failed ?? null)}
          </Traced>
          <span className="faint"> failed</span>
        </span>
      </p>
      {failed.length > 0 && <ReadingTable name="Failed units" columns={failedColumns} rows={failed} keyOf={keyOf} />}
      {list.length > 0 && (
        <Folded
          summary="All others"
          count={
            <Traced path={['units', 'list', 'length']} how="those that have not failed">
              {formatCount(list.length)}
            </Traced>
          }
          open={failed.length === 0 && list.length < 24}
        >
          <ReadingTable name="Units" what="units" columns={listColumns} rows={list} keyOf={keyOf} textOf={textOf} />
        </Folded>
      )}
    </SlowPanel>
  );
}
