import { memo, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { Area, CartesianGrid, ComposedChart, Line, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { formatTick } from '../../../main/domain/present/units.ts';
import { type ChartData, type Point, timeTicks } from '../../state/chart-data.ts';
import { zoneAt } from '../../state/clock.ts';
import { drawnPoints } from '../../state/drawn-points.ts';
import type { Span } from '../../state/range.ts';
import { plot } from './chart-overlay.tsx';
import type { ChartLine } from './time-chart.tsx';

/** So many pixels before the plot's end the label of a time would be cut: it is half as wide, less the margin. */
const labelPixels = 16;

interface ChartDrawingProps {
  readonly data: ChartData;
  /** Drawn dashed in the same colours; null where nothing is compared. */
  readonly other: ChartData | null;
  readonly span: Span;
  readonly lines: readonly ChartLine[];
  readonly top: number | null;
  /** The axis reaches as far below zero as above it. */
  readonly signed: boolean;
  readonly tick: (value: number) => string;
  readonly last: boolean;
}

/** Draws again when its data, span or size change; never for the cursor, and a cursor that moves goes first. */
export function ChartDrawing(props: ChartDrawingProps) {
  return <Drawing {...useDeferredValue(useSame(props))} />;
}

/** The same object for as long as nothing in it changes, so that deferring it does not draw for nothing. */
function useSame({ data, other, span, lines, top, signed, tick, last }: ChartDrawingProps): ChartDrawingProps {
  return useMemo(
    () => ({ data, other, span, lines, top, signed, tick, last }),
    [data, other, span, lines, top, signed, tick, last],
  );
}

const Drawing = memo(function Drawing(props: ChartDrawingProps) {
  const { data, other, span, lines, top, signed, tick, last } = props;
  const reach = top ?? 1;
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(600);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const observer = new ResizeObserver(([entry]) => entry !== undefined && setWidth(entry.contentRect.width));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const zone = zoneAt(span.to);
  const times = useMemo(() => {
    const plotWidth = Math.max(1, width - plot.left - plot.right);
    return timeTicks(span, width / 110, zone, ((span.to - span.from) * labelPixels) / plotWidth);
  }, [span, width, zone]);
  const readings = useMemo(() => lines.map(({ reading }) => reading), [lines]);
  const points = useMemo(() => drawnPoints(data.points, data.stepMs, span, readings), [data, span, readings]);
  const otherPoints = useMemo(
    () => (other === null ? [] : drawnPoints(other.points, other.stepMs, span, readings)),
    [other, span, readings],
  );
  const still = { isAnimationActive: false, dot: false, activeDot: false, connectNulls: false } as const;
  return (
    <div ref={box} className="chart-drawing">
      <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 600, height: 100 }}>
        <ComposedChart
          data={points as Point[]}
          margin={{ top: plot.top, right: plot.right, bottom: last ? 0 : plot.bottom, left: 0 }}
          accessibilityLayer={false}
        >
          <CartesianGrid vertical={false} stroke="var(--grid)" />
          <XAxis
            dataKey="at"
            type="number"
            scale="linear"
            domain={[span.from, span.to]}
            allowDataOverflow
            ticks={times.ticks}
            height={last ? plot.axis : 0}
            hide={!last}
            tickLine={false}
            axisLine={false}
            interval={0}
            tickFormatter={(at: number) => formatTick(at, times.stepMs, zoneAt(at))}
          />
          <YAxis
            width={plot.left}
            domain={[signed ? -reach : 0, reach]}
            ticks={top === null ? [] : signed ? [-reach, 0, reach] : [0, reach / 2, reach]}
            interval={0}
            tickLine={false}
            axisLine={false}
            tickFormatter={tick}
          />
          {lines.map(({ reading, tone }) => (
            <Area
              key={`${reading} band`}
              dataKey={(point: Point) => point.bands[reading] ?? null}
              stroke="none"
              fill={`var(--series-${tone})`}
              fillOpacity="var(--band-opacity)"
              {...still}
            />
          ))}
          {/* A line without points of its own would draw those of the chart. */}
          {otherPoints.length > 0 &&
            lines.map(({ reading, tone }) => (
              <Line
                key={`${reading} compared`}
                data={otherPoints as Point[]}
                dataKey={(point: Point) => point.values[reading] ?? null}
                stroke={`var(--series-${tone})`}
                strokeWidth={1.5}
                strokeOpacity={0.75}
                strokeDasharray="3 3"
                {...still}
              />
            ))}
          {lines.map(({ reading, tone }) => (
            <Line
              key={reading}
              dataKey={(point: Point) => point.values[reading] ?? null}
              stroke={`var(--series-${tone})`}
              strokeWidth={1.5}
              strokeLinecap="round"
              {...still}
            />
          ))}
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
});
