import { lazy, Suspense } from 'react';
import { formatBytes, formatDateTime, formatPercent, formatRate } from '../../../main/domain/present/units.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { FaultNote } from '../../parts/fault-note.tsx';
import { Icon } from '../../parts/icon.tsx';
import { bandLegend } from '../../state/band-words.ts';
import { isOpen, useFolds } from '../../state/chart-folds.ts';
import { zoneAt } from '../../state/clock.ts';
import { type Followed, startOf, type Trail, useTrail } from '../../state/process-trail.ts';
import { useShownSpan } from '../../state/shown-span.ts';
import { axisTop } from '../host/chart-families.ts';
import type { ChartMark } from '../host/chart-overlay.tsx';
import { CursorActions, CursorTime } from '../host/cursor-bar.tsx';
import { RangeBar } from '../host/range-bar.tsx';
import type { ChartLine } from '../host/time-chart.tsx';

const TimeChart = lazy(() =>
  import('../host/time-chart.tsx').then(({ TimeChart: component }) => ({ default: component })),
);

const cpuLines: readonly ChartLine[] = [{ reading: 'process.cpu', name: 'of one core', tone: 'busy' }];
const memoryLines: readonly ChartLine[] = [{ reading: 'process.memory', name: 'resident', tone: 'memory' }];

const diskLines: readonly ChartLine[] = [
  { reading: 'process.read', name: 'read', tone: 'in' },
  { reading: 'process.write', name: 'written', tone: 'out' },
];

const percent = (value: number) => formatPercent(value, 1);
const wholePercent = (value: number) => formatPercent(value, 0);
const timeOf = (at: number) => formatDateTime(at, zoneAt(at));

interface ProcessFollowProps {
  readonly hostId: string;
  readonly replay: boolean;
  readonly followed: Followed;
  readonly onBack: () => void;
}

/** CPU, memory and disks of one process over the host's own range, with the host's own time cursor. */
export function ProcessFollow({ hostId, replay, followed, onBack }: ProcessFollowProps) {
  const folds = useFolds();
  const { span, following } = useShownSpan(hostId, replay);
  const trail = useTrail(hostId, followed, span, following);
  const { data, fault } = trail;
  const { pid, name, command } = followed.process;
  const marks = marksOf(followed, trail);
  const legend = bandLegend(data);
  const topOf = (top: 'round' | 'bytes', lines: readonly ChartLine[]) => axisTop({ top, lines }, [data], null);
  return (
    <>
      <div className="charts-bar">
        <button type="button" className="button button-small" data-first onClick={onBack}>
          <Icon name="left" /> All processes
        </button>
        {span !== null && <RangeBar span={span} replay={replay} />}
      </div>
      <div className="charts-bar">
        <CursorActions hostId={hostId} replay={replay} />
      </div>
      <p className="follow-who">
        <strong>{visible(name, 64)}</strong> <span className="number">PID {pid}</span>{' '}
        <span className="mono faint ellipsis" title={command === null ? undefined : visible(command, 600)}>
          {command === null ? 'no command line' : visible(command, 600)}
        </span>
      </p>
      <div className="charts-span faint number">
        <span role="status" data-testid="follow-status">
          {trail.loading ? 'Loading …' : statusWords(followed, trail)}
        </span>
        {legend !== null && <span>{legend}</span>}
        <CursorTime />
      </div>
      {fault !== null && <FaultNote fault={fault} />}
      {span !== null && (
        <Suspense fallback={<div className="charts-wait" />}>
          <TimeChart
            id="process-cpu"
            name="CPU"
            open={isOpen(folds, 'process-cpu')}
            compared={null}
            data={data}
            span={span}
            lines={cpuLines}
            top={topOf('round', cpuLines)}
            format={percent}
            tick={wholePercent}
            marks={marks}
            first
            last={false}
          />
          <TimeChart
            id="process-memory"
            name="Memory"
            open={isOpen(folds, 'process-memory')}
            compared={null}
            first={false}
            data={data}
            span={span}
            lines={memoryLines}
            top={topOf('bytes', memoryLines)}
            format={formatBytes}
            tick={formatBytes}
            marks={marks}
            last={false}
          />
          <TimeChart
            id="process-disk"
            name="Disks"
            open={isOpen(folds, 'process-disk')}
            compared={null}
            first={false}
            data={data}
            span={span}
            lines={diskLines}
            top={topOf('bytes', diskLines)}
            format={formatRate}
            tick={formatBytes}
            marks={marks}
            last
          />
        </Suspense>
      )}
      <p className="hint">
        A host lists the ten processes each that use the most CPU, hold the most memory, and read and write the most.
        Where this one was in none, it may have run, and there is a hole, not zero.
      </p>
    </>
  );
}

const evidenceWords = { pid_reused: 'its PID was given to another', rebooted: 'the host was started anew' } as const;

function statusWords(followed: Followed, { history, data }: Trail): string {
  const began = startOf(followed);
  const start = began === null ? '' : `Started ${timeOf(began)}. `;
  const ended = history?.ended ?? null;
  if (ended !== null) return `${start}Ended by ${timeOf(ended.by)}: ${evidenceWords[ended.evidence]}.`;
  const seen = data.points.findLast(
    ({ values }) => (values['process.memory'] ?? values['process.cpu'] ?? null) !== null,
  );
  if (seen === undefined) return `${start}Not among the top processes in this span.`;
  return `${start}Last among the top processes ${timeOf(Math.max(seen.at, history?.lastSeen ?? 0))}.`;
}

function marksOf(followed: Followed, { history }: Trail): ChartMark[] {
  const began = startOf(followed);
  const marks: ChartMark[] = began === null ? [] : [{ at: began, label: 'started' }];
  return history?.ended ? [...marks, { at: history.ended.by, label: 'ended' }] : marks;
}
