import { unknown } from '../../../main/domain/present/units.ts';
import { type ChartData, holeAt, pointAt } from '../../state/chart-data.ts';
import { cursorInstant, useCursor } from '../../state/cursor.ts';
import { holeWords } from '../../state/hole-words.ts';
import type { ChartLine } from './time-chart.tsx';

interface ChartReadoutProps {
  readonly data: ChartData;
  readonly lines: readonly ChartLine[];
  readonly format: (value: number) => string;
}

/** The legend, with the values at the cursor, or the newest; in a hole it says why there are none. */
export function ChartReadout({ data, lines, format }: ChartReadoutProps) {
  const at = useCursor(cursorInstant);
  const point = at === null ? data.points.findLast(({ values }) => Object.keys(values).length > 0) : pointAt(data, at);
  const hole = at === null ? null : holeAt(data, at);
  return (
    <span className="readout">
      {hole !== null && <span className="readout-hole">{holeWords(hole)}</span>}
      {lines.map(({ reading, name, tone }) => {
        const value = point?.values[reading] ?? null;
        const band = point?.bands[reading] ?? null;
        return (
          <span key={reading} className="readout-item">
            {lines.length === 1 && band !== null && band[0] !== band[1] && (
              <span className="number readout-band faint">
                {format(band[0])} … {format(band[1])}
              </span>
            )}
            <span className={`swatch fill-${tone}`} />
            {name}
            <span className="number readout-value">{value === null ? unknown : format(value)}</span>
          </span>
        );
      })}
    </span>
  );
}
