import { useMemo } from 'react';
import type { Timer } from '../../../../main/contract/guests.ts';
import type { HostView } from '../../../../main/contract/hosts.ts';
import type { Sample } from '../../../../main/contract/samples.ts';
import { formatAge, formatDateTime, formatDuration } from '../../../../main/domain/present/units.ts';
import { type ReadingColumn, ReadingTable } from '../../../parts/reading-table.tsx';
import { Traced } from '../../../parts/traced.tsx';
import { zoneAt } from '../../../state/clock.ts';
import { placed } from '../../../state/reading-rows.ts';
import { columnsOf } from '../reading-columns.tsx';
import { SlowPanel } from '../slow-panel.tsx';

const { path, words } = columnsOf<Timer>('timers', 'list');

/** Times are told as of the sample, whose host's clock they are by. */
function columnsAt(now: number): ReadingColumn<Timer>[] {
  const when = (seconds: number) => formatDateTime(seconds * 1000, zoneAt(seconds * 1000)).slice(0, 16);
  return [
    words('name', 'Timer', 12, { grow: 2, className: 'mono' }),
    words('activates', 'Starts', 12, { grow: 2, className: 'mono faint' }),
    {
      ...{ id: 'next', label: 'Next', rem: 7, right: true, value: ({ next_epoch_seconds: next }) => next },
      cell: ({ next_epoch_seconds: next }, at) => (
        <span title={next === null ? undefined : when(next)}>
          <Traced path={path(at, 'next_epoch_seconds')} className={next === null ? 'number faint' : 'number'}>
            {next === null ? 'not planned' : next <= now ? 'due' : `in ${formatDuration(next - now)}`}
          </Traced>
        </span>
      ),
    },
    {
      ...{ id: 'last', label: 'Last', rem: 6, right: true, value: ({ last_epoch_seconds: last }) => last },
      cell: ({ last_epoch_seconds: last }, at) => (
        <span title={last === null ? undefined : when(last)}>
          <Traced path={path(at, 'last_epoch_seconds')} className="number">
            {last === null ? 'never' : formatAge(now - last)}
          </Traced>
        </span>
      ),
    },
  ];
}

const counted = { path: ['timers', 'list', 'length'] };

export function TimersPanel({ view, sample }: { view: HostView; sample: Sample | null }) {
  const timers = sample?.data.timers;
  const now = Date.parse(sample?.collected_at ?? '') / 1000;
  const rows = useMemo(() => placed(timers?.list ?? []), [timers]);
  const columns = useMemo(() => columnsAt(now), [now]);
  return (
    <SlowPanel
      view={view}
      id="timers"
      title="Timers"
      collector="timers"
      sample={sample}
      count={rows.length}
      counted={counted}
    >
      <ReadingTable
        name="Timers"
        what="timers"
        columns={columns}
        rows={rows}
        keyOf={({ name }) => name}
        textOf={({ name, activates }) => `${name} ${activates ?? ''}`}
      />
    </SlowPanel>
  );
}
