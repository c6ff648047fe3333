import { useCallback } from 'react';
import { bandWords } from '../../state/band-words.ts';
import { type ChartData, type ChartReading, pointAt } from '../../state/chart-data.ts';
import type { Compared } from '../../state/compared.ts';
import type { Span } from '../../state/range.ts';
import { ChartDrawing } from './chart-drawing.tsx';
import { ChartFrame } from './chart-frame.tsx';
import { type ChartMark, ChartOverlay, plot } from './chart-overlay.tsx';
import { ChartReadout } from './chart-readout.tsx';

export interface ChartLine {
  readonly reading: ChartReading;
  readonly name: string;
  /** Names the colour in the tokens: `--series-busy`. */
  readonly tone: string;
}

export interface TimeChartProps {
  readonly id: string;
  readonly name: string;
  readonly open: boolean;
  readonly data: ChartData;
  readonly compared: Compared | null;
  readonly span: Span;
  readonly lines: readonly ChartLine[];
  /** Where the axis ends; null where nothing is known that it could end at. */
  readonly top: number | null;
  readonly signed?: boolean;
  readonly format: (value: number) => string;
  readonly tick: (value: number) => string;
  /** The topmost chart of a stack says what its holes are. */
  readonly first: boolean;
  /** The lowest chart of a stack carries the times. */
  readonly last: boolean;
  readonly marks?: readonly ChartMark[];
}

const noMarks: readonly ChartMark[] = [];

/** One chart: recharts draws the lines, and everything that follows the pointer lies above them. */
export function TimeChart(props: TimeChartProps) {
  const { id, name, open, data, compared, span, lines, top, format, tick, first, last } = props;
  const { signed = false, marks = noMarks } = props;
  const other = compared?.data ?? null;
  const speak = useCallback(
    (at: number) => {
      const words = (from: ChartData) =>
        lines
          .map((line) => {
            const point = pointAt(from, at);
            const value = point?.values[line.reading] ?? null;
            const band = bandWords(point, line.reading, format);
            return `${line.name} ${value === null ? 'unknown' : format(value)}${band === null ? '' : ` (${band})`}`;
          })
          .join(', ');
      return compared === null ? words(data) : `${words(data)}; ${compared.name}: ${words(compared.data)}`;
    },
    [data, compared, lines, format],
  );
  return (
    <ChartFrame
      id={id}
      name={name}
      open={open}
      last={last}
      readout={<ChartReadout data={data} other={other} lines={lines} format={format} />}
    >
      <ChartDrawing
        data={data}
        other={other}
        span={span}
        lines={lines}
        top={top}
        signed={signed}
        tick={tick}
        last={last}
      />
      <ChartOverlay
        name={name}
        data={data}
        span={span}
        speak={speak}
        bottom={last ? plot.axis : plot.bottom}
        labelled={first}
        marks={marks}
      />
    </ChartFrame>
  );
}
