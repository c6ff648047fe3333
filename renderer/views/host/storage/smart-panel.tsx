import { useMemo } from 'react';
import type { HostView } from '../../../../main/contract/hosts.ts';
import type { Sample } from '../../../../main/contract/samples.ts';
import type { SmartDisk } from '../../../../main/contract/storage.ts';
import { diskHeat, diskTroubles, diskVerdict } from '../../../../main/domain/present/disk-verdict.ts';
import { defaultThresholds, type Limits } from '../../../../main/domain/present/levels.ts';
import {
  formatBytes,
  formatCelsius,
  formatDuration,
  formatPercent,
  unknown,
} from '../../../../main/domain/present/units.ts';
import { type ReadingColumn, ReadingTable } from '../../../parts/reading-table.tsx';
import { Traced } from '../../../parts/traced.tsx';
import { placed } from '../../../state/reading-rows.ts';
import { StateWord, Words } from '../cells.tsx';
import { columnsOf } from '../reading-columns.tsx';
import { SlowPanel } from '../slow-panel.tsx';

const { number, path, words } = columnsOf<SmartDisk>('smart', 'disks');
const verdictWords = { ok: 'well', warn: 'worth a look', bad: 'failing' } as const;
const worst = { bad: 2, warn: 1, ok: 0 } as const;

const columns: readonly ReadingColumn<SmartDisk>[] = [
  {
    ...{ id: 'device', label: 'Disk', rem: 8, grow: 1, value: ({ device }) => device },
    cell: ({ device, type }, at) => (
      <>
        <Words path={path(at, 'device')} text={device} className="mono" />{' '}
        {type?.includes(',') && <span className="faint mono">{type}</span>}
      </>
    ),
  },
  {
    ...{ id: 'model', label: 'Model', rem: 10, grow: 2, value: ({ model }) => model },
    cell: ({ model, serial }, at) => (
      <span title={serial === null ? undefined : `Serial number ${serial}`}>
        <Words path={path(at, 'model')} text={model} />
      </span>
    ),
  },
  {
    ...{ id: 'verdict', label: 'Verdict', rem: 6.5, title: 'From all that the disk says, not from its own word alone' },
    value: rankOf,
    cell: (disk, at) => {
      if (disk.standby) return <StateWord path={path(at, 'standby')} level={null} text="asleep" />;
      const verdict = diskVerdict(disk);
      const text = verdict === null ? unknown : verdictWords[verdict];
      return <StateWord path={path(at, 'verdict')} level={verdict} text={text} />;
    },
  },
  {
    ...{ id: 'reasons', label: 'Why', rem: 11, grow: 3 },
    cell: (disk, at) => {
      if (disk.standby) return <span className="faint">left asleep: nothing was asked of it</span>;
      const why = whyOf(disk).join(', ');
      return why === '' ? null : (
        <span title={why}>
          <Words path={path(at, 'reasons')} text={why} />
        </span>
      );
    },
  },
  number('worn_percent', 'Worn', 4, (worn) => formatPercent(worn, 0)),
  {
    ...{ id: 'heat', label: 'Temperature', rem: 5.5, right: true, value: (row) => row.temperature_celsius },
    cell: (disk, at) => (
      <Traced path={path(at, 'temperature_celsius')} className={`number text-${diskHeat(disk) ?? 'unknown'}`}>
        {formatCelsius(disk.temperature_celsius)}
      </Traced>
    ),
  },
  number('power_on_hours', 'Powered on', 6.5, (hours) => formatDuration(hours === null ? null : hours * 3600)),
  number('capacity_bytes', 'Capacity', 5, formatBytes),
  words('self_test', 'Last self-test', 8, { grow: 1, className: 'faint' }),
];

const textOf = (disk: SmartDisk) => [disk.device, disk.model, disk.serial, ...whyOf(disk)].join(' ');

/** By the thresholds of this host; that something could not be read is a reason too, which none of them is about. */
function whyOf(disk: SmartDisk): readonly string[] {
  const words = (limits?: Limits) => diskTroubles(disk, limits).map((trouble) => trouble.words);
  const judged = words(defaultThresholds);
  return [...words(), ...disk.reasons.filter((reason) => !judged.includes(reason))];
}

function rankOf(disk: SmartDisk): number | null {
  const verdict = diskVerdict(disk);
  return verdict === null ? null : worst[verdict];
}

const counted = { path: ['smart', 'disks', 'length'] };

/** What disks say of themselves, judged from all of it; those that slept were left asleep. */
export function SmartPanel({ view, sample }: { view: HostView; sample: Sample | null }) {
  const disks = sample?.data.smart?.disks;
  const rows = useMemo(() => {
    const of = (disk: SmartDisk) => rankOf(disk) ?? -1;
    return placed(disks ?? []).sort((a, b) => of(b.row) - of(a.row));
  }, [disks]);
  return (
    <SlowPanel
      view={view}
      id="smart"
      title="Health of disks"
      collector="smart"
      sample={sample}
      count={rows.length}
      counted={counted}
    >
      <ReadingTable
        name="Health of disks"
        what="disks"
        columns={columns}
        rows={rows}
        keyOf={({ device, type }, at) => `${device} ${type} ${at}`}
        textOf={textOf}
      />
    </SlowPanel>
  );
}
