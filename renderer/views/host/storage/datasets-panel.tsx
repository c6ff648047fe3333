import { useMemo } from 'react';
import type { HostView } from '../../../../main/contract/hosts.ts';
import type { Sample } from '../../../../main/contract/samples.ts';
import type { Dataset } from '../../../../main/contract/storage.ts';
import { formatBytes, formatCount } from '../../../../main/domain/present/units.ts';
import { ReadingTable } from '../../../parts/reading-table.tsx';
import { Traced } from '../../../parts/traced.tsx';
import { placed } from '../../../state/reading-rows.ts';
import { columnsOf } from '../reading-columns.tsx';
import { SlowPanel } from '../slow-panel.tsx';

const { words, number } = columnsOf<Dataset>('datasets', 'list');

const columns = [
  words('name', 'Dataset', 14, { grow: 3, className: 'mono' }),
  words('type', 'Type', 5.5),
  number('used_bytes', 'Used', 5.5, formatBytes, { title: 'With its children and its snapshots' }),
  number('available_bytes', 'Available', 5.5, formatBytes),
  number('referenced_bytes', 'Refers to', 5.5, formatBytes),
  number('snapshots', 'Snapshots', 5.5, formatCount),
  number('snapshots_bytes', 'They hold', 5.5, formatBytes, { title: 'What its snapshots alone hold' }),
  words('mount', 'Mounted on', 9, { grow: 2, className: 'mono faint' }),
];

const textOf = ({ name, mount }: Dataset) => `${name} ${mount ?? ''}`;

const counted = { path: ['datasets', 'list', 'length'] };

export function DatasetsPanel({ view, sample }: { view: HostView; sample: Sample | null }) {
  const datasets = sample?.data.datasets ?? null;
  const rows = useMemo(() => placed(datasets?.list ?? []), [datasets]);
  return (
    <SlowPanel
      view={view}
      id="datasets"
      title="ZFS datasets"
      collector="datasets"
      sample={sample}
      count={rows.length}
      counted={counted}
    >
      <p className="faint">
        <Traced path={['datasets', 'snapshots']} className="number">
          {formatCount(datasets?.snapshots ?? null)}
        </Traced>{' '}
        snapshots in all
      </p>
      <ReadingTable
        name="Datasets"
        what="datasets"
        columns={columns}
        rows={rows}
        keyOf={({ name }) => name}
        textOf={textOf}
      />
    </SlowPanel>
  );
}
