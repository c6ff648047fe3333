import { useMemo } from 'react';
import type { HostView } from '../../../../main/contract/hosts.ts';
import type { Sample } from '../../../../main/contract/samples.ts';
import type { RaidArray } from '../../../../main/contract/storage.ts';
import { isRebuilding, raidSyncWords, raidTrouble } from '../../../../main/domain/present/arrays.ts';
import { formatBytes, formatDuration, formatRate } from '../../../../main/domain/present/units.ts';
import { visible } from '../../../../main/domain/present/words.ts';
import { Bar } from '../../../parts/bar.tsx';
import { type ReadingColumn, ReadingTable } from '../../../parts/reading-table.tsx';
import { Traced } from '../../../parts/traced.tsx';
import { placed } from '../../../state/reading-rows.ts';
import { StateWord } from '../cells.tsx';
import { columnsOf } from '../reading-columns.tsx';
import { SlowPanel } from '../slow-panel.tsx';

const { number, path, words } = columnsOf<RaidArray>('raids', 'list');

const columns: readonly ReadingColumn<RaidArray>[] = [
  words('name', 'Array', 5, { className: 'mono' }),
  words('level', 'Level', 4.5),
  {
    ...{ id: 'state', label: 'State', rem: 9, grow: 2 },
    cell: (array, at) => {
      const trouble = raidTrouble(array);
      const level = trouble === null ? (array.degraded === null ? null : 'ok') : 'bad';
      const key = array.degraded === true ? 'active_disks' : 'state';
      return <StateWord path={path(at, key)} level={level} text={trouble ?? array.state} />;
    },
  },
  {
    ...{ id: 'sync', label: 'Under way', rem: 12, grow: 1 },
    cell: (array, at) => <Sync array={array} at={at} />,
  },
  number('size_bytes', 'Size', 5, formatBytes),
  {
    ...{ id: 'members', label: 'Members', rem: 9, grow: 2 },
    cell: ({ members }, at) => (
      <Traced path={path(at, 'members')} className="mono">
        {visible(members.map(({ name, state }) => (state === 'active' ? name : `${name} (${state})`)).join(' '), 300)}
      </Traced>
    ),
  },
];

function Sync({ array, at }: { array: RaidArray; at: number }) {
  const text = raidSyncWords(array);
  if (array.sync === null || text === null) return null;
  const { bytes_per_second: rate, remaining_seconds: left, progress_percent: progress } = array.sync;
  const title = `${formatRate(rate)}, ${left === null ? 'end unknown' : `${formatDuration(left)} left`}`;
  return (
    <span className="share" title={title}>
      <Bar percent={progress} level={isRebuilding(array) ? 'warn' : 'ok'} />
      <Traced path={[...path(at, 'sync'), 'progress_percent']}>{visible(text, 60)}</Traced>
    </span>
  );
}

const counted = { path: ['raids', 'list', 'length'] };

/** Software RAID of Linux: whole or not, and what it repairs. A check is no rebuild. */
export function RaidsPanel({ view, sample }: { view: HostView; sample: Sample | null }) {
  const list = sample?.data.raids?.list;
  const rows = useMemo(() => placed(list ?? []), [list]);
  return (
    <SlowPanel
      view={view}
      id="raids"
      title="RAID arrays"
      collector="raids"
      sample={sample}
      count={rows.length}
      counted={counted}
    >
      <ReadingTable name="RAID arrays" columns={columns} rows={rows} keyOf={({ name }) => name} />
    </SlowPanel>
  );
}
