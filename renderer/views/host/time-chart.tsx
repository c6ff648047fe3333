import { memo, useEffect, useMemo, useRef, useState } from 'react';
import { Area, CartesianGrid, ComposedChart, Line, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { formatTick } from '../../../main/domain/present/units.ts';
import { type ChartData, type ChartReading, type Point, timeTicks } from '../../state/chart-data.ts';
import { zoneAt } from '../../state/clock.ts';
import type { Span } from '../../state/range.ts';
import { ChartOverlay, plot } from './chart-overlay.tsx';
import { ChartReadout } from './chart-readout.tsx';

export interface ChartLine {
  readonly reading: ChartReading;
  readonly name: string;
  /** Names the colour in the tokens: `--series-busy`. */
  readonly tone: string;
}

export interface TimeChartProps {
  readonly name: string;
  readonly data: ChartData;
  readonly span: Span;
  readonly lines: readonly ChartLine[];
  /** Where the axis ends; null where nothing is known that it could end at. */
  readonly top: number | null;
  readonly format: (value: number) => string;
  readonly tick: (value: number) => string;
  /** The topmost chart of a stack says what its holes are. */
  readonly first?: boolean;
  /** The lowest chart of a stack carries the times. */
  readonly last?: boolean;
}

/** One chart: recharts draws the lines, and everything that follows the pointer lies above them. */
export function TimeChart({ name, data, span, lines, top, format, tick, first = false, last = false }: TimeChartProps) {
  return (
    <figure className={last ? 'chart chart-last' : 'chart'} aria-label={`${name} history`}>
      <figcaption className="chart-head">
        <span className="chart-name">{name}</span>
        <ChartReadout data={data} lines={lines} format={format} />
      </figcaption>
      <div className="chart-body">
        <Drawing data={data} span={span} lines={lines} top={top} tick={tick} last={last} />
        <ChartOverlay
          name={name}
          data={data}
          span={span}
          lines={lines}
          format={format}
          bottom={last ? plot.axis : plot.bottom}
          labelled={first}
        />
      </div>
    </figure>
  );
}

interface DrawingProps {
  readonly data: ChartData;
  readonly span: Span;
  readonly lines: readonly ChartLine[];
  readonly top: number | null;
  readonly tick: (value: number) => string;
  readonly last: boolean;
}

/** Draws again when its data, span or size change; never for the cursor. */
const Drawing = memo(function Drawing({ data, span, lines, top, tick, last }: DrawingProps) {
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
  const times = useMemo(() => timeTicks(span, width / 110, zone), [span, width, zone]);
  // One sample alone is no line: it is drawn as a dot.
  const dot = data.points.length < 3 ? { r: 2 } : false;
  return (
    <div ref={box} className="chart-drawing">
      <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 600, height: 100 }}>
        <ComposedChart
          data={data.points as Point[]}
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
            domain={[0, top ?? 1]}
            ticks={top === null ? [] : [0, top / 2, top]}
            interval={0}
            allowDataOverflow
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
              fillOpacity={0.2}
              isAnimationActive={false}
              activeDot={false}
              connectNulls={false}
            />
          ))}
          {lines.map(({ reading, tone }) => (
            <Line
              key={reading}
              dataKey={(point: Point) => point.values[reading] ?? null}
              stroke={`var(--series-${tone})`}
              strokeWidth={1.5}
              dot={dot}
              activeDot={false}
              isAnimationActive={false}
              connectNulls={false}
            />
          ))}
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
});
