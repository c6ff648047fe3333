import { useMemo } from 'react';
import type { HostView } from '../../../../main/contract/hosts.ts';
import type { Sample, SampleData } from '../../../../main/contract/samples.ts';
import { formatBytes, formatCount } from '../../../../main/domain/present/units.ts';
import { type ReadingColumn, ReadingTable } from '../../../parts/reading-table.tsx';
import { placed } from '../../../state/reading-rows.ts';
import { ShareCell, StateWord, Words } from '../cells.tsx';
import { columnsOf } from '../reading-columns.tsx';
import { SlowPanel } from '../slow-panel.tsx';

type Lvm = NonNullable<SampleData['lvm']>;
type ThinPool = Lvm['thin_pools'][number];
type Group = Lvm['groups'][number];

const thin = columnsOf<ThinPool>('lvm', 'thin_pools');
const thinColumns: readonly ReadingColumn<ThinPool>[] = [
  {
    ...{ id: 'name', label: 'Thin pool', rem: 9, grow: 1, value: ({ name }) => name },
    cell: ({ group, name }, at) => <Words path={thin.path(at, 'name')} text={`${group}/${name}`} className="mono" />,
  },
  {
    ...{ id: 'data', label: 'Data', rem: 9, grow: 2, value: ({ data_percent: percent }) => percent },
    cell: ({ data_percent: percent }, at) => (
      <ShareCell path={thin.path(at, 'data_percent')} percent={percent} measure="thin" decimals={1} />
    ),
  },
  {
    ...{ id: 'metadata', label: 'Metadata', rem: 9, grow: 2, value: ({ metadata_percent: percent }) => percent },
    cell: ({ metadata_percent: percent }, at) => (
      <ShareCell path={thin.path(at, 'metadata_percent')} percent={percent} measure="thin" decimals={1} />
    ),
  },
  thin.number('size_bytes', 'Size', 5, formatBytes),
  {
    ...{ id: 'health', label: 'Health', rem: 6 },
    cell: ({ health }, at) => (
      <StateWord
        path={thin.path(at, 'health')}
        level={health === null ? 'ok' : 'bad'}
        text={health === null ? 'nothing wrong told' : health.replaceAll('_', ' ')}
      />
    ),
  },
];

const group = columnsOf<Group>('lvm', 'groups');
const groupColumns: readonly ReadingColumn<Group>[] = [
  group.words('name', 'Volume group', 9, { grow: 1, className: 'mono' }),
  group.number('size_bytes', 'Size', 6, formatBytes),
  group.number('free_bytes', 'Not given out', 6, formatBytes),
  group.number('missing_disks', 'Missing disks', 6, formatCount),
];

const counted = { path: ['lvm', 'groups', 'length'] };

/** LVM: a thin pool that runs full stops all that lies on it, and so does its metadata. */
export function LvmPanel({ view, sample }: { view: HostView; sample: Sample | null }) {
  const lvm = sample?.data.lvm;
  const groups = useMemo(() => placed(lvm?.groups ?? []), [lvm]);
  const pools = useMemo(() => placed(lvm?.thin_pools ?? []), [lvm]);
  return (
    <SlowPanel view={view} id="lvm" title="LVM" collector="lvm" sample={sample} count={groups.length} counted={counted}>
      {pools.length > 0 && (
        <ReadingTable name="Thin pools" columns={thinColumns} rows={pools} keyOf={({ name }) => name} />
      )}
      <ReadingTable name="Volume groups" columns={groupColumns} rows={groups} keyOf={({ name }) => name} />
    </SlowPanel>
  );
}
