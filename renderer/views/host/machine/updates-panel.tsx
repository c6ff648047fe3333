import { useMemo } from 'react';
import type { HostView } from '../../../../main/contract/hosts.ts';
import type { Sample, SampleData } from '../../../../main/contract/samples.ts';
import { formatAge, formatCount, unknown } from '../../../../main/domain/present/units.ts';
import { visible } from '../../../../main/domain/present/words.ts';
import { Folded } from '../../../parts/folded.tsx';
import { type ReadingColumn, ReadingTable } from '../../../parts/reading-table.tsx';
import { Traced } from '../../../parts/traced.tsx';
import { placed } from '../../../state/reading-rows.ts';
import { StateWord, Words } from '../cells.tsx';
import { columnsOf } from '../reading-columns.tsx';
import { SlowPanel } from '../slow-panel.tsx';

type Updates = NonNullable<SampleData['updates']>;
type Package = Updates['packages'][number];

const { path, words } = columnsOf<Package>('updates', 'packages');
const columns: readonly ReadingColumn<Package>[] = [
  words('name', 'Package', 12, { grow: 2, className: 'mono' }),
  words('version', 'To version', 10, { grow: 2, className: 'mono faint' }),
  {
    ...{ id: 'security', label: 'Why', rem: 5.5 },
    cell: ({ security }, at) => security && <StateWord path={path(at, 'security')} level="warn" text="security" />,
  },
];

const keyOf = (row: Package, at: number) => `${row.name} ${at}`;
const nameOf = ({ name }: Package) => name;

const counted = { path: ['updates', 'pending'] };

/** Updates that wait, as the package manager's own lists tell them: an old list knows of none. */
export function UpdatesPanel({ view, sample }: { view: HostView; sample: Sample | null }) {
  const updates = sample?.data.updates ?? null;
  const rows = useMemo(() => placed(updates?.packages ?? []), [updates]);
  const pending = updates?.pending ?? null;
  return (
    <SlowPanel
      view={view}
      id="updates"
      title="Updates"
      collector="updates"
      sample={sample}
      count={pending}
      counted={counted}
    >
      {updates !== null && <Facts updates={updates} />}
      {rows.length > 0 && (
        <Folded summary={pending === rows.length ? 'All of them' : `The first ${rows.length}`}>
          <ReadingTable name="Updates" what="packages" columns={columns} rows={rows} keyOf={keyOf} textOf={nameOf} />
        </Folded>
      )}
    </SlowPanel>
  );
}

function Facts({ updates }: { updates: Updates }) {
  const { manager, pending, security, reboot_required: reboot, reboot_packages: by, lists_age_seconds: age } = updates;
  const why = by.length === 0 ? '' : `, by ${by.slice(0, 5).join(', ')}`;
  return (
    <p className="panel-facts">
      <span>
        <Traced path={['updates', 'pending']} className="number">
          {formatCount(pending)}
        </Traced>
        <span className="faint"> pending, by </span>
        <Words path={['updates', 'manager']} text={manager} />
      </span>
      <span>
        <Traced path={['updates', 'security']} className={(security ?? 0) > 0 ? 'number text-warn' : 'number'}>
          {formatCount(security)}
        </Traced>
        <span className="faint"> of security</span>
      </span>
      <StateWord
        path={['updates', 'reboot_required']}
        level={reboot === null ? null : reboot ? 'warn' : 'ok'}
        text={
          reboot === null ? 'reboot: not told' : reboot ? `reboot required${visible(why, 200)}` : 'no reboot wanted'
        }
      />
      <span className="faint">
        lists fetched{' '}
        <Traced path={['updates', 'lists_age_seconds']} className="number">
          {age === null ? unknown : formatAge(age)}
        </Traced>
      </span>
    </p>
  );
}
