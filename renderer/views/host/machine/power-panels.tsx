import { useMemo } from 'react';
import type { HostView } from '../../../../main/contract/hosts.ts';
import type { Gpu } from '../../../../main/contract/machine.ts';
import type { Sample } from '../../../../main/contract/samples.ts';
import type { Ups } from '../../../../main/contract/storage.ts';
import { levelOf } from '../../../../main/domain/present/levels.ts';
import {
  formatBytes,
  formatCelsius,
  formatDuration,
  formatPercent,
  formatVolts,
  formatWatts,
} from '../../../../main/domain/present/units.ts';
import { upsLevel, upsWords } from '../../../../main/domain/present/ups.ts';
import { type ReadingColumn, ReadingTable } from '../../../parts/reading-table.tsx';
import { Traced } from '../../../parts/traced.tsx';
import { placed } from '../../../state/reading-rows.ts';
import { percentOf, ShareCell, StateWord } from '../cells.tsx';
import { columnsOf } from '../reading-columns.tsx';
import { SlowPanel } from '../slow-panel.tsx';

const ups = columnsOf<Ups>('ups', 'list');
const upsColumns: readonly ReadingColumn<Ups>[] = [
  ups.words('name', 'UPS', 6, { grow: 1, className: 'mono' }),
  ups.words('model', 'Model', 8, { grow: 2 }),
  {
    ...{ id: 'status', label: 'Status', rem: 10, grow: 2 },
    cell: (row, at) => <StateWord path={ups.path(at, 'status')} level={upsLevel(row)} text={upsWords(row)} />,
  },
  ups.number('battery_percent', 'Battery', 5, (percent) => formatPercent(percent, 0)),
  ups.number('runtime_seconds', 'Lasts', 6, formatDuration),
  ups.number('load_percent', 'Load', 4.5, (percent) => formatPercent(percent, 0)),
  ups.number('input_volts', 'Input', 5, formatVolts),
];

const counted = { path: ['gpus', 'list', 'length'] };

/** What NUT says of the power behind the host. */
export function UpsPanel({ view, sample }: { view: HostView; sample: Sample | null }) {
  const list = sample?.data.ups?.list;
  const rows = useMemo(() => placed(list ?? []), [list]);
  return (
    <SlowPanel view={view} id="ups" title="UPS" collector="ups" sample={sample}>
      <ReadingTable name="UPS" columns={upsColumns} rows={rows} keyOf={({ name }) => name} />
    </SlowPanel>
  );
}

const gpu = columnsOf<Gpu>('gpus', 'list');
const gpuColumns: readonly ReadingColumn<Gpu>[] = [
  {
    ...gpu.words('name', 'GPU', 10, { grow: 2 }),
  },
  gpu.words('driver', 'Driver', 5, { className: 'faint' }),
  {
    ...{ id: 'busy', label: 'Busy', rem: 7, grow: 1, value: ({ busy_percent: percent }) => percent },
    cell: ({ busy_percent: percent }, at) => (
      <ShareCell path={gpu.path(at, 'busy_percent')} percent={percent} measure="cpu" />
    ),
  },
  {
    ...{ id: 'memory', label: 'Memory', rem: 10, grow: 1, value: (row) => row.memory_used_bytes },
    cell: ({ memory_used_bytes: used, memory_total_bytes: total }, at) => (
      <span className="with-note">
        <ShareCell
          path={gpu.path(at, 'memory_used_bytes')}
          also={[gpu.path(at, 'memory_total_bytes')]}
          how="100 × used ÷ total"
          percent={percentOf(used, total)}
          measure="memory"
        />
        <Traced path={gpu.path(at, 'memory_used_bytes')} className="number faint">
          {formatBytes(used)}
        </Traced>
      </span>
    ),
  },
  {
    ...{ id: 'heat', label: 'Temperature', rem: 5.5, right: true, value: (row) => row.temperature_celsius },
    cell: ({ temperature_celsius: celsius }, at) => (
      <Traced
        path={gpu.path(at, 'temperature_celsius')}
        className={`number text-${levelOf('gpu', celsius) ?? 'unknown'}`}
      >
        {formatCelsius(celsius)}
      </Traced>
    ),
  },
  gpu.number('power_watts', 'Power', 5, formatWatts),
  gpu.number('fan_percent', 'Fan', 4, (percent) => formatPercent(percent, 0)),
];

export function GpusPanel({ view, sample }: { view: HostView; sample: Sample | null }) {
  const list = sample?.data.gpus?.list;
  const rows = useMemo(() => placed(list ?? []), [list]);
  return (
    <SlowPanel
      view={view}
      id="gpus"
      title="Graphics processors"
      collector="gpus"
      sample={sample}
      count={rows.length}
      counted={counted}
    >
      <ReadingTable name="Graphics processors" columns={gpuColumns} rows={rows} keyOf={({ id }) => id} />
    </SlowPanel>
  );
}
