import { useMemo } from 'react';
import { coreReading, type HeatMap, heatMap, laterHeat } from './heat-map.ts';
import { useLive } from './live.ts';
import type { CoreColumn } from './live-point.ts';
import type { Span } from './range.ts';
import { useSeries } from './series.ts';

interface WantedHeat {
  readonly hostId: string;
  /** Null: nothing is asked. */
  readonly span: Span | null;
  readonly following: boolean;
  /** The same list as long as the host has these cores. */
  readonly ids: readonly number[];
  /** How much later it is drawn than it was. */
  readonly laterMs: number;
}

const noReadings: readonly string[] = [];
const noLive: readonly CoreColumn[] = [];

export interface Heat {
  readonly map: HeatMap;
  /** More of it is on its way. */
  readonly loading: boolean;
}

/** History of hundreds of cores is asked in fewer, wider steps. */
const manyCores = 64;

/** The cores of a host over a span, with the live samples after it where the span follows the clock. */
export function useHeat({ hostId, span, following, ids, laterMs }: WantedHeat): Heat {
  const asked = span !== null;
  const readings = useMemo(() => (asked ? ids.map(coreReading) : noReadings), [asked, ids]);
  const points = ids.length > manyCores ? 400 : 800;
  const { series, loading } = useSeries({ hostId, span, readings, following, points });
  const live = useLive((state) => (following && asked && state.hostId === hostId ? state.cores : noLive));
  const map = useMemo(() => laterHeat(heatMap(series, ids, live), laterMs), [series, ids, live, laterMs]);
  return useMemo(() => ({ map, loading }), [map, loading]);
}
