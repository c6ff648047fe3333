import { lazy, Suspense, useMemo } from 'react';
import type { Sample } from '../../../main/contract/samples.ts';
import { formatDateTime } from '../../../main/domain/present/units.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { FaultNote } from '../../parts/fault-note.tsx';
import { laterBy } from '../../state/chart-data.ts';
import { isOpen, useFolds } from '../../state/chart-folds.ts';
import { zoneAt } from '../../state/clock.ts';
import { type Comparison, comparedSpan, comparisonWords, useComparison } from '../../state/compare.ts';
import { useHostView } from '../../state/fleet.ts';
import type { Span } from '../../state/range.ts';
import { useHistory } from '../../state/series.ts';
import { useShownSpan } from '../../state/shown-span.ts';
import { axisTop, chartFamilies, type HostShape, shapeOf } from './chart-families.ts';
import { CompareBar, CompareLegend } from './compare-bar.tsx';
import { CursorActions, CursorTime, TimeSlider } from './cursor-bar.tsx';
import { RangeBar } from './range-bar.tsx';

// recharts is more than all the rest together: the fleet is there before it.
const TimeChart = lazy(() => import('./time-chart.tsx').then(({ TimeChart: component }) => ({ default: component })));
const HeatChart = lazy(() => import('./heat-chart.tsx').then(({ HeatChart: component }) => ({ default: component })));

function spanWords({ from, to }: Span, rests: boolean): string {
  if (!rests) return 'Following the clock';
  return `${formatDateTime(from, zoneAt(from))} – ${formatDateTime(to, zoneAt(to))}`;
}

interface ChartsProps {
  readonly hostId: string;
  readonly replay: boolean;
  /** The newest samples, which say what the host has. */
  readonly newest: Sample | null;
  readonly sensors: Sample | null;
}

export function Charts({ hostId, replay, newest, sensors }: ChartsProps) {
  const { span, following, extent } = useShownSpan(hostId, replay);
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
    <SpanCharts
      hostId={hostId}
      replay={replay}
      newest={newest}
      sensors={sensors}
      span={span}
      following={following}
      spanText={spanWords(span, !following)}
    />
  );
}

interface SpanChartsProps extends ChartsProps {
  readonly span: Span;
  /** Whether the span ends at the clock. */
  readonly following: boolean;
  readonly spanText: string;
}

function SpanCharts({ hostId, replay, newest, sensors, span, following, spanText }: SpanChartsProps) {
  const shape = JSON.stringify(shapeOf(newest, sensors));
  const families = useMemo(() => chartFamilies(JSON.parse(shape) as HostShape), [shape]);
  const folds = useFolds();
  const readings = useMemo(
    () => families.filter(({ id }) => isOpen(folds, id)).flatMap(({ lines }) => lines.map(({ reading }) => reading)),
    [families, folds],
  );
  const { data, loading, fault } = useHistory({ hostId, span, readings, following });
  const comparison = useComparison();
  const compared = useCompared(hostId, comparison, span, readings, following);
  const ours = useHostView(hostId);
  const memoryTotal = newest?.data.memory?.total_bytes ?? null;
  const shown = compared === null ? [data] : [data, compared.data];
  const problem = fault ?? compared?.fault ?? null;
  const lastOpen = families.findLast(({ id }) => isOpen(folds, id))?.id;
  return (
    <section className="panel charts" aria-label="History">
      <div className="charts-bar">
        <RangeBar span={span} replay={replay} />
      </div>
      <div className="charts-bar">
        <CompareBar hostId={hostId} comparison={comparison} />
        <CompareLegend
          comparison={comparison}
          ours={visible(ours?.host.name ?? '', 60)}
          otherName={compared?.name ?? ''}
        />
        <CursorActions hostId={hostId} replay={replay} />
      </div>
      <div className="charts-span faint number">
        <span role="status">
          {problem !== null ? `History: ${visible(problem.message, 400)}` : loading ? 'Loading …' : spanText}
        </span>
        <CursorTime />
      </div>
      <TimeSlider span={span} />
      <Suspense fallback={<div className="charts-wait" />}>
        {families.map((family, index) => [
          <TimeChart
            key={family.id}
            id={family.id}
            name={family.name}
            open={isOpen(folds, family.id)}
            data={data}
            compared={compared}
            span={span}
            lines={family.lines}
            top={axisTop(family, shown, memoryTotal)}
            format={family.format}
            tick={family.tick}
            first={index === 0}
            last={family.id === lastOpen}
          />,
          family.id === 'cpu' && (
            <HeatChart
              key="cores"
              hostId={hostId}
              open={isOpen(folds, 'cores')}
              newest={newest}
              span={span}
              following={following}
              data={data}
            />
          ),
        ])}
      </Suspense>
    </section>
  );
}

/** What is compared, moved to where it is drawn; null where nothing is. */
function useCompared(
  hostId: string,
  comparison: Comparison,
  span: Span,
  readings: readonly string[],
  following: boolean,
) {
  const otherId = comparison.kind === 'host' ? comparison.hostId : hostId;
  const other = useHostView(otherId);
  const theirs = useMemo(() => comparedSpan(span, comparison), [span, comparison]);
  const tailed = following && comparison.kind === 'host';
  const { data, fault } = useHistory({ hostId: otherId, span: theirs, readings, following: tailed });
  const name = comparisonWords(comparison, visible(other?.host.name ?? 'another host', 60));
  const moved = useMemo(() => laterBy(data, comparison.kind === 'before' ? comparison.ms : 0), [data, comparison]);
  return useMemo(
    () => (comparison.kind === 'none' ? null : { data: moved, name, fault }),
    [comparison.kind, moved, name, fault],
  );
}
