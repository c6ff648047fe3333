import { lazy, Suspense, useMemo } from 'react';
import { formatBytes, formatDateTime, formatLoad, formatPercent } from '../../../main/domain/present/units.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { FaultNote } from '../../parts/fault-note.tsx';
import { type ChartData, type ChartReading, niceTop, noData } from '../../state/chart-data.ts';
import { useClock, zoneAt } from '../../state/clock.ts';
import { useExtent } from '../../state/extent.ts';
import { useHostView } from '../../state/fleet.ts';
import { choosePreset, presetSpan, presets, type Span, useRange, zoomTo } from '../../state/range.ts';
import { useHistory } from '../../state/series.ts';
import { CursorActions, CursorTime, TimeSlider } from './cursor-bar.tsx';
import type { ChartLine } from './time-chart.tsx';

// recharts is more than all the rest together: the fleet is there before it.
const TimeChart = lazy(() => import('./time-chart.tsx').then(({ TimeChart: component }) => ({ default: component })));

const cpuLines: readonly ChartLine[] = [
  { reading: 'cpu.busy', name: 'busy', tone: 'busy' },
  { reading: 'cpu.iowait', name: 'iowait', tone: 'iowait' },
  { reading: 'cpu.steal', name: 'steal', tone: 'steal' },
];
const memoryLines: readonly ChartLine[] = [{ reading: 'memory.used', name: 'used', tone: 'memory' }];
const loadLines: readonly ChartLine[] = [{ reading: 'load.1', name: '1 min', tone: 'load' }];

const percent = (value: number) => formatPercent(value, 1);
const wholePercent = (value: number) => formatPercent(value, 0);

/** The most that a line or its band reaches; null where it has no point. */
function mostOf({ points }: ChartData, reading: ChartReading): number | null {
  let most: number | null = null;
  for (const { values, bands } of points) {
    const value = bands[reading]?.[1] ?? values[reading] ?? null;
    if (value !== null) most = Math.max(most ?? 0, value);
  }
  return most;
}

function spanWords({ from, to }: Span, rests: boolean): string {
  if (!rests) return 'Following the clock';
  return `${formatDateTime(from, zoneAt(from))} – ${formatDateTime(to, zoneAt(to))}`;
}

export function Charts({ hostId, replay }: { hostId: string; replay: boolean }) {
  const range = useRange();
  const extent = useExtent(hostId, replay);
  const followed = useClock((now) => presetSpan(range.preset, now).to);
  const following = !replay && range.zoom === null;
  const span = useMemo(
    () => range.zoom ?? (replay ? extent.span : presetSpan(range.preset, followed)),
    [range.zoom, replay, extent.span, range.preset, followed],
  );
  const history = useHistory(hostId, span, following);
  const { loading, fault } = history;
  // What is still on its way is no hole.
  const data = loading && history.data.points.length === 0 ? noData : history.data;
  const memoryTotal = useHostView(hostId)?.fast?.data.memory?.total_bytes ?? null;

  const memoryMost = mostOf(data, 'memory.used');
  const loadMost = mostOf(data, 'load.1');
  const memoryTop = memoryTotal ?? (memoryMost === null ? null : Math.max(1, memoryMost * 1.1));
  const loadTop = loadMost === null ? null : niceTop(loadMost);

  if (span === null) {
    return (
      <section className="panel charts" aria-label="History">
        {extent.fault !== null && (
          <FaultNote fault={extent.fault}>
            <button type="button" className="button" onClick={extent.again}>
              Read again
            </button>
          </FaultNote>
        )}
        {extent.fault === null && (
          <p className="hint">
            {extent.reading ? "This dump's span is being read …" : 'This dump holds no samples to draw.'}
          </p>
        )}
      </section>
    );
  }
  return (
    <section className="panel charts" aria-label="History">
      <div className="charts-bar">
        {replay ? (
          <button
            type="button"
            className="button button-small"
            aria-pressed={range.zoom === null}
            onClick={() => zoomTo(null)}
          >
            Whole dump
          </button>
        ) : (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
          <div className="segments" role="group" aria-label="Range">
            {presets.map(({ name }) => (
              <button
                key={name}
                type="button"
                aria-pressed={range.zoom === null && range.preset === name}
                onClick={() => choosePreset(name)}
              >
                {name}
              </button>
            ))}
          </div>
        )}
        <button
          type="button"
          className="button button-small"
          style={{ visibility: range.zoom === null ? 'hidden' : 'visible' }}
          onClick={() => zoomTo(null)}
        >
          Reset zoom
        </button>
        <CursorActions hostId={hostId} replay={replay} />
      </div>
      <div className="charts-span faint number">
        <span role="status">
          {fault !== null
            ? `History: ${visible(fault.message, 400)}`
            : loading
              ? 'Loading …'
              : spanWords(span, replay || range.zoom !== null)}
        </span>
        <CursorTime />
      </div>
      <TimeSlider span={span} />
      <Suspense fallback={<div className="charts-wait" />}>
        <TimeChart
          name="CPU"
          data={data}
          span={span}
          lines={cpuLines}
          top={100}
          format={percent}
          tick={wholePercent}
          first
        />
        <TimeChart
          name="Memory"
          data={data}
          span={span}
          lines={memoryLines}
          top={memoryTop}
          format={formatBytes}
          tick={formatBytes}
        />
        <TimeChart
          name="Load"
          data={data}
          span={span}
          lines={loadLines}
          top={loadTop}
          format={formatLoad}
          tick={formatLoad}
          last
        />
      </Suspense>
    </section>
  );
}
