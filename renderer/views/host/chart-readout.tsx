import { useMemo } from 'react';
import { formatDuration, unknown } from '../../../main/domain/present/units.ts';
import { useReadingSources } from '../../parts/shown-samples.tsx';
import { Traced, TracedFrom } from '../../parts/traced.tsx';
import { bandLegend, bandWords } from '../../state/band-words.ts';
import { type ChartData, holeAt, type Point, pointAt } from '../../state/chart-data.ts';
import { cursorInstant, useCursor } from '../../state/cursor.ts';
import { holeWords } from '../../state/hole-words.ts';
import type { ChartLine } from './time-chart.tsx';

interface ChartReadoutProps {
  readonly data: ChartData;
  /** What is compared, drawn at the time of `data`; null where nothing is. */
  readonly other: ChartData | null;
  readonly lines: readonly ChartLine[];
  readonly format: (value: number) => string;
}

/** So many lines say their least and most beside one another. */
const mostBands = 3;

/** The legend, with the values at the cursor, or the newest; in a hole it says why there are none. */
export function ChartReadout({ data, other, lines, format }: ChartReadoutProps) {
  const at = useCursor(cursorInstant);
  const point = at === null ? newest(data) : pointAt(data, at);
  const otherPoint = other === null ? null : at === null ? newest(other) : pointAt(other, at);
  const hole = at === null ? null : holeAt(data, at);
  const sourceOf = useReadingSources();
  const hasBands = useMemo(() => bandLegend(data) !== null, [data]);
  // What is compared takes their room, and so do many lines.
  const banded = hasBands && lines.length <= (other === null ? mostBands : 1);
  const shown = (from: Point | null, reading: string) => {
    const value = from?.values[reading] ?? null;
    return value === null ? unknown : format(value);
  };
  return (
    <span className="readout">
      {hole !== null && <span className="readout-hole">{holeWords(hole)}</span>}
      {lines.map(({ reading, name, tone }) => {
        const band = bandWords(point, reading, format);
        const source = sourceOf(reading, at === null ? null : (point?.at ?? at));
        return (
          <span key={reading} className="readout-item">
            <span className={`swatch fill-${tone}`} />
            {name}
            {source === null ? (
              <span className="number readout-value">{shown(point, reading)}</span>
            ) : (
              <TracedFrom sample={source.sample}>
                <Traced
                  path={source.path}
                  how={
                    band !== null
                      ? `the mean of ${formatDuration(data.stepMs / 1000)}; this is one sample of them`
                      : undefined
                  }
                  className="number readout-value"
                >
                  {shown(point, reading)}
                </Traced>
              </TracedFrom>
            )}
            {banded && (
              <span className="number readout-band faint" title="The least and the most that are in the mean beside it">
                {band}
              </span>
            )}
            {other !== null && (
              <span className="number readout-other" title="Compared: the dashed line">
                {shown(otherPoint, reading)}
              </span>
            )}
          </span>
        );
      })}
    </span>
  );
}

function newest(data: ChartData): Point | null {
  return data.points.findLast(({ values }) => Object.keys(values).length > 0) ?? null;
}
