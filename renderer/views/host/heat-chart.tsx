import { useCallback, useMemo, useState } from 'react';
import type { Sample } from '../../../main/contract/samples.ts';
import { type ChartData, noData } from '../../state/chart-data.ts';
import { cursorInstant, useCursor } from '../../state/cursor.ts';
import { coreReading, type HeatMap, heatMap, heatWords } from '../../state/heat-map.ts';
import { useLive } from '../../state/live.ts';
import type { CoreColumn } from '../../state/live-point.ts';
import type { Span } from '../../state/range.ts';
import { useSeries } from '../../state/series.ts';
import { ChartFrame } from './chart-frame.tsx';
import { ChartOverlay, plot } from './chart-overlay.tsx';
import { HeatCanvas } from './heat-canvas.tsx';

interface HeatChartProps {
  readonly hostId: string;
  readonly open: boolean;
  readonly newest: Sample | null;
  readonly span: Span;
  readonly following: boolean;
  /** The holes of the charts beside it. */
  readonly data: ChartData;
}

const noCores: readonly number[] = [];
const noLive: readonly CoreColumn[] = [];

/** History of hundreds of cores is asked in fewer, wider steps. */
const manyCores = 64;

/** Every core over time, one row each: which of them work, and whether always the same ones. */
export function HeatChart({ hostId, open, newest, span, following, data }: HeatChartProps) {
  const ids = useCoreIds(newest);
  const readings = useMemo(() => (open ? ids.map(coreReading) : []), [open, ids]);
  const points = ids.length > manyCores ? 400 : 800;
  const { series } = useSeries({ hostId, span, readings, following, points });
  const live = useLive((state) => (following && open && state.hostId === hostId ? state.cores : noLive));
  const map = useMemo(() => heatMap(series, ids, live), [series, ids, live]);
  const [row, setRow] = useState<number | null>(null);
  const chosen = row === null || ids.length === 0 ? null : Math.min(row, ids.length - 1);
  const speak = useCallback((at: number) => heatWords(map, at, chosen), [map, chosen]);
  const holes = useMemo(() => ({ ...noData, holes: data.holes }), [data.holes]);
  if (ids.length === 0) return null;
  return (
    <ChartFrame id="cores" name="Cores" open={open} last={false} readout={<HeatReadout map={map} chosen={chosen} />}>
      <div className="heat-scale faint" aria-hidden="true">
        <span>cpu{ids[0]}</span>
        <span>{ids.length > 1 && `cpu${ids.at(-1)}`}</span>
      </div>
      <HeatCanvas map={map} span={span} holes={data.holes} chosen={chosen} />
      <ChartOverlay
        name="Cores"
        data={holes}
        span={span}
        speak={speak}
        bottom={plot.bottom}
        labelled={false}
        onHeight={(share) => setRow(share === null ? null : rowAt(share, ids.length))}
        onStep={(by) =>
          setRow((before) => Math.max(0, Math.min(ids.length - 1, (before ?? (by > 0 ? -1 : ids.length)) + by)))
        }
      />
    </ChartFrame>
  );
}

function rowAt(share: number, rows: number): number {
  return Math.max(0, Math.min(rows - 1, Math.floor(share * rows)));
}

/** The cores of the newest sample; the same list until one comes or goes. */
function useCoreIds(newest: Sample | null): readonly number[] {
  const names = (newest?.data.cpu?.cores ?? []).map(({ id }) => id).join(' ');
  return useMemo(() => (names === '' ? noCores : names.split(' ').map(Number)), [names]);
}

function HeatReadout({ map, chosen }: { map: HeatMap; chosen: number | null }) {
  const at = useCursor(cursorInstant) ?? map.columns.at(-1)?.at ?? null;
  return (
    <span className="readout">
      <span className="readout-item number">{at === null ? '' : heatWords(map, at, chosen)}</span>
      <span className="readout-item" aria-hidden="true">
        0 <span className="heat-legend" /> 100 %
      </span>
    </span>
  );
}
