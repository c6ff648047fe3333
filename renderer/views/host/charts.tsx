import { lazy, Suspense, useMemo } from 'react';
import type { Sample } from '../../../main/contract/samples.ts';
import { visible } from '../../../main/domain/present/words.ts';
import { FaultNote } from '../../parts/fault-note.tsx';
import { bandLegend } from '../../state/band-words.ts';
import { isOpen, useFolds } from '../../state/chart-folds.ts';
import { zoneAt } from '../../state/clock.ts';
import { useComparison } from '../../state/compare.ts';
import { useCompared, useComparedPlace } from '../../state/compared.ts';
import { useEventMarks } from '../../state/event-marks.ts';
import type { Span } from '../../state/range.ts';
import { sampleWith } from '../../state/reading-sample.ts';
import { routeHash } from '../../state/route.ts';
import { useHistory } from '../../state/series.ts';
import { spanWords } from '../../state/share/share-words.ts';
import { useShownSpan } from '../../state/shown-span.ts';
import { axisTop, chartFamilies, type HostShape, shapeOf } from './chart-families.ts';
import { CompareBar, CompareLegend } from './compare-bar.tsx';
import { CursorActions, CursorTime, TimeSlider } from './cursor-bar.tsx';
import { EventLane } from './event-lane.tsx';
import { RangeBar } from './range-bar.tsx';
import { type ReadingShape, readingFamilies, readingShapeOf } from './reading-families.ts';
import { SaveMenu } from './save-menu.tsx';

// recharts is more than all the rest together: the fleet is there before it.
const TimeChart = lazy(() => import('./time-chart.tsx').then(({ TimeChart: component }) => ({ default: component })));
const MediumChart = lazy(() =>
  import('./medium-chart.tsx').then(({ MediumChart: component }) => ({ default: component })),
);
const HeatChart = lazy(() => import('./heat-chart.tsx').then(({ HeatChart: component }) => ({ default: component })));

interface ChartsProps {
  readonly hostId: string;
  readonly replay: boolean;
  /** The newest samples, which say what the host has. */
  readonly newest: Sample | null;
  readonly sensors: Sample | null;
  readonly wallClock: Sample | null;
  /** Of pools, guests and the like. */
  readonly medium: Sample | null;
  /** Changes with what is wrong with the host. */
  readonly cue: string;
}

export function Charts(props: ChartsProps) {
  const { hostId, replay } = props;
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
            {extent.reading
              ? "This dump's span is being read …"
              : 'No round of a collector that Rackside knows is in this dump, so there is nothing to draw. Its commands are all there.'}
          </p>
        )}
        {extent.fault === null && !extent.reading && (
          <p>
            <a href={routeHash({ view: 'dump', hostId })}>All its commands</a>
          </p>
        )}
      </section>
    );
  }
  return (
    <SpanCharts
      {...props}
      span={span}
      following={following}
      spanText={following ? 'Following the clock' : spanWords(span, zoneAt)}
    />
  );
}

interface SpanChartsProps extends ChartsProps {
  readonly span: Span;
  /** Whether the span ends at the clock. */
  readonly following: boolean;
  readonly spanText: string;
}

function SpanCharts(props: SpanChartsProps) {
  const { hostId, replay, newest, sensors, wallClock, medium, cue, span, following, spanText } = props;
  const shape = JSON.stringify(shapeOf(newest, sensors, wallClock));
  const readingShape = useMemo(() => JSON.stringify(readingShapeOf((key) => sampleWith(key, [medium]))), [medium]);
  const families = useMemo(
    () => [
      ...chartFamilies(JSON.parse(shape) as HostShape),
      ...readingFamilies(JSON.parse(readingShape) as ReadingShape),
    ],
    [shape, readingShape],
  );
  const folds = useFolds();
  const saved = useMemo(() => families.filter(({ id, medium }) => isOpen(folds, id) && !medium), [families, folds]);
  const readings = useMemo(() => saved.flatMap(({ lines }) => lines.map(({ reading }) => reading)), [saved]);
  const { data, loading, fault } = useHistory({ hostId, span, readings, following });
  const comparison = useComparison();
  const place = useComparedPlace(hostId, span, following);
  const compared = useCompared(place, { readings });
  const memoryTotal = newest?.data.memory?.total_bytes ?? null;
  const shown = compared === null ? [data] : [data, compared.data];
  const problem = fault ?? compared?.fault ?? null;
  const events = useEventMarks(hostId, span, following, cue);
  const marks = useMemo(() => events.map(({ at, tone }) => ({ at, tone, label: '' })), [events]);
  const legend = useMemo(() => bandLegend(data), [data]);
  const lastOpen = families.findLast(({ id }) => isOpen(folds, id))?.id;
  return (
    <section id="host-charts" className="panel charts" aria-label="History" tabIndex={-1}>
      <div className="charts-bar">
        <RangeBar span={span} replay={replay} />
        <SaveMenu data={data} families={saved} />
      </div>
      <div className="charts-bar">
        <CompareBar hostId={hostId} comparison={comparison} />
        <CompareLegend place={place} />
        <CursorActions hostId={hostId} replay={replay} />
      </div>
      <div className="charts-span faint number">
        <span role="status">
          {problem !== null ? `History: ${visible(problem.message, 400)}` : loading ? 'Loading …' : spanText}
        </span>
        {legend !== null && <span>{legend}</span>}
        <CursorTime />
      </div>
      <TimeSlider span={span} />
      <EventLane marks={events} span={span} />
      <Suspense fallback={<div className="charts-wait" />}>
        {families.map((family, index) => [
          family.medium ? (
            <MediumChart
              key={family.id}
              hostId={hostId}
              family={family}
              open={isOpen(folds, family.id)}
              span={span}
              following={following}
              place={place}
              last={family.id === lastOpen}
              marks={marks}
            />
          ) : (
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
              marks={marks}
            />
          ),
          family.id === 'cpu' && (
            <HeatChart
              key="cores"
              hostId={hostId}
              open={isOpen(folds, 'cores')}
              newest={newest}
              span={span}
              following={following}
              data={data}
              place={place}
              theirs={compared?.data ?? null}
            />
          ),
        ])}
      </Suspense>
    </section>
  );
}
