import { useMemo } from 'react';
import type { Guest } from '../../../../main/contract/guests.ts';
import type { HostView } from '../../../../main/contract/hosts.ts';
import type { Sample, SampleData } from '../../../../main/contract/samples.ts';
import { levelOf } from '../../../../main/domain/present/levels.ts';
import { formatBytes, formatCount, formatDuration, unknown } from '../../../../main/domain/present/units.ts';
import { visible } from '../../../../main/domain/present/words.ts';
import { type ReadingColumn, ReadingTable } from '../../../parts/reading-table.tsx';
import { Traced } from '../../../parts/traced.tsx';
import { placed } from '../../../state/reading-rows.ts';
import { columnsOf } from '../reading-columns.tsx';
import { SlowPanel } from '../slow-panel.tsx';

type Backup = NonNullable<SampleData['backups']>['list'][number];

const { number, path, words } = columnsOf<Backup>('backups', 'list');

function columnsWith(names: ReadonlyMap<number, string>): ReadingColumn<Backup>[] {
  return [
    number('vmid', 'ID', 3.5, (vmid) => String(vmid)),
    {
      ...{ id: 'name', label: 'Guest', rem: 7, grow: 2, value: ({ vmid }) => names.get(vmid) ?? null },
      cell: ({ vmid }) => visible(names.get(vmid) ?? unknown, 60),
    },
    {
      ...{ id: 'age', label: 'Newest', rem: 8, right: true, value: ({ age_seconds: age }) => age },
      cell: ({ age_seconds: age }, at) => {
        const level = levelOf('backup', age === null ? null : age / 86_400);
        return (
          <Traced path={path(at, 'age_seconds')} className={`number text-${level ?? 'unknown'}`}>
            {age === null ? unknown : `${formatDuration(age)} ago`}
          </Traced>
        );
      },
    },
    number('size_bytes', 'Its size', 5, formatBytes),
    number('count', 'Kept', 3.5, formatCount, { title: 'How many there are of this guest' }),
    words('storage', 'Storage', 6, { grow: 1, className: 'mono' }),
  ];
}

interface BackupsPanelProps {
  readonly view: HostView;
  readonly sample: Sample | null;
  /** Of the newest sample that tells them, for their names. */
  readonly guests: readonly Guest[];
}

const counted = { path: ['backups', 'list', 'length'] };

/** The newest backup of each guest, and guests of which there is none. */
export function BackupsPanel({ view, sample, guests }: BackupsPanelProps) {
  const backups = sample?.data.backups ?? null;
  const rows = useMemo(() => placed(backups?.list ?? []), [backups]);
  const names = useMemo(
    () => new Map(guests.flatMap(({ vmid, name }) => (name === null ? [] : [[vmid, name] as const]))),
    [guests],
  );
  const columns = useMemo(() => columnsWith(names), [names]);
  const missing = backups?.missing ?? [];
  return (
    <SlowPanel
      view={view}
      id="backups"
      title="Backups of guests"
      collector="backups"
      sample={sample}
      count={rows.length}
      counted={counted}
    >
      {missing.length > 0 && (
        <p>
          <span className="faint">Without any: </span>
          <Traced path={['backups', 'missing']} className="text-warn">
            {missing
              .slice(0, 40)
              .map((vmid) => visible(`${vmid} ${names.get(vmid) ?? ''}`.trim(), 40))
              .join(', ')}
          </Traced>
          {missing.length > 40 && <span className="faint"> and {missing.length - 40} more</span>}
        </p>
      )}
      <ReadingTable
        name="Backups"
        what="backups"
        columns={columns}
        rows={rows}
        keyOf={({ vmid, storage }) => `${vmid} ${storage}`}
        textOf={({ vmid, storage }) => `${vmid} ${names.get(vmid) ?? ''} ${storage}`}
      />
    </SlowPanel>
  );
}
