import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import type { Extent } from '../../../main/contract/history.ts';
import { formatBytes, formatDateTime, formatLoad, formatPercent } from '../../../main/domain/present/units.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { api } from '../../api/rackside.ts';
import { type ChartData, type ChartReading, niceTop } from '../../state/chart-data.ts';
import { useClock, zoneAt } from '../../state/clock.ts';
import { useHostView } from '../../state/fleet.ts';
import { choosePreset, presetSpan, presets, type Span, useRange, zoomTo } from '../../state/range.ts';
import { useHistory } from '../../state/series.ts';
import { told } from '../../state/toasts.ts';
import { CursorActions, TimeSlider } from './cursor-bar.tsx';
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

/** The span of an opened dump; null until it is known, or where it holds nothing. */
function useExtent(hostId: string, wanted: boolean): Span | null {
  const [extent, setExtent] = useState<Extent | null>(null);
  useEffect(() => {
    if (!wanted) return;
    const abort = new AbortController();
    void told('Extent', api()['history.extent']({ hostId }, abort.signal)).then((value) => {
      if (!abort.signal.aborted) setExtent(value);
    });
    return () => abort.abort();
  }, [hostId, wanted]);
  return useMemo(() => {
    if (extent === null || extent.first === null || extent.last === null) return null;
    const margin = Math.max(2000, (extent.last - extent.first) / 100);
    return { from: extent.first - margin, to: extent.last + margin };
  }, [extent]);
}

/** The most that a line or its band reaches. */
function mostOf({ points }: ChartData, reading: ChartReading): number {
  let most = 0;
  for (const { values, bands } of points) most = Math.max(most, bands[reading]?.[1] ?? values[reading] ?? 0);
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
    () => range.zoom ?? (replay ? extent : presetSpan(range.preset, followed)),
    [range.zoom, replay, extent, range.preset, followed],
  );
  const { data, loading, fault } = useHistory(hostId, span, following);
  const memoryTotal = useHostView(hostId)?.fast?.data.memory?.total_bytes ?? null;

  const memoryTop = memoryTotal ?? Math.max(1, mostOf(data, 'memory.used') * 1.1);
  const loadTop = niceTop(mostOf(data, 'load.1'));

  if (replay && extent === null)
    return <section className="panel charts hint">This dump's span is being read …</section>;
  if (span === null) return null;
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
      <p className="charts-span faint number" role="status">
        {fault !== null
          ? `History: ${visible(fault.message, 400)}`
          : loading
            ? 'Loading …'
            : spanWords(span, replay || range.zoom !== null)}
      </p>
      <TimeSlider span={span} />
      <Suspense fallback={<div className="charts-wait" />}>
        <TimeChart name="CPU" data={data} span={span} lines={cpuLines} top={100} format={percent} tick={wholePercent} />
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
