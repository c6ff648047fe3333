import { useMemo } from 'react';
import { type ComparedPlace, useCompared } from '../../state/compared.ts';
import type { Span } from '../../state/range.ts';
import { useHistory } from '../../state/series.ts';
import { useKindSeconds } from '../../state/settings.ts';
import { axisTop, type ChartFamily } from './chart-families.ts';
import type { ChartMark } from './chart-overlay.tsx';
import { TimeChart } from './time-chart.tsx';

interface MediumChartProps {
  readonly hostId: string;
  readonly family: ChartFamily;
  readonly open: boolean;
  readonly span: Span;
  readonly following: boolean;
  readonly place: ComparedPlace | null;
  readonly last: boolean;
  readonly marks: readonly ChartMark[];
}

const noReadings: readonly string[] = [];

/** A chart of what the medium rounds tell: in one series with the fast ones, each value would stand alone between unknowns. */
export function MediumChart({ hostId, family, open, span, following, place, last, marks }: MediumChartProps) {
  const { id, name, lines, signed = false, format, tick } = family;
  const readings = useMemo(() => (open ? lines.map(({ reading }) => reading) : noReadings), [open, lines]);
  // Three rounds, and what a slow one is late.
  const unbrokenMs = 3000 * useKindSeconds('medium') + 5000;
  const { data } = useHistory({ hostId, span, readings, following, unbrokenMs });
  const compared = useCompared(place, { readings, unbrokenMs });
  const top = axisTop(family, compared === null ? [data] : [data, compared.data], null);
  const drawn = { id, name, open, data, compared, span, lines, top, signed, format, tick, marks };
  return <TimeChart {...drawn} first={false} last={last} />;
}
