import { useEffect, useMemo, useState } from 'react';
import type { Fault } from '../../main/contract/faults.ts';
import type { Series } from '../../main/contract/history.ts';
import { api, faultOf } from '../api/rackside.ts';
import { type ChartData, chartReadings, noData, shapeChart } from './chart-data.ts';
import { useLink } from './link.ts';
import { useLive } from './live.ts';
import type { Span } from './range.ts';

export interface HistoryState {
  readonly data: ChartData;
  readonly loading: boolean;
  readonly fault: Fault | null;
}

/** About one point per pixel of a wide chart. */
const points = 800;

interface Loaded {
  readonly key: string;
  readonly series: Series;
}

/**
 * History of a span with the live samples after it. `following`: the span ends at the clock, so history is asked
 * again from time to time and the tail bridges the time between; else the span rests and is asked once.
 */
export function useHistory(hostId: string, span: Span | null, following: boolean): HistoryState {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const width = span === null ? 0 : span.to - span.from;
  const [round, setRound] = useState(0);
  const up = useLink((link) => link.up);
  const key = span === null ? '' : following ? `${hostId} ${width}` : `${hostId} ${span.from} ${span.to}`;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a following span moves all the time; its width is what asks again
  useEffect(() => {
    if (span === null || !up) return;
    const abort = new AbortController();
    const request = { hostId, readings: [...chartReadings], from: span.from, to: span.to + 1, points };
    api()
      ['history.series'](request, abort.signal)
      .then((series) => {
        setLoaded({ key, series });
        setFault(null);
      })
      .catch((error: unknown) => {
        if (!abort.signal.aborted) setFault(faultOf(error));
      });
    const again = following ? setTimeout(() => setRound(round + 1), Math.max(30_000, width / 200)) : undefined;
    return () => {
      abort.abort();
      clearTimeout(again);
    };
  }, [hostId, key, round, up]);

  const tail = useLive((state) => (following && state.hostId === hostId ? state.tail : noData.points));
  // While another range loads, the last one's points stay where they fall in the new span: nothing flashes.
  const series = loaded?.key.startsWith(hostId) ? loaded.series : null;
  const data = useMemo(
    () => (span === null ? noData : shapeChart(series, tail, { from: span.from, to: span.to })),
    [series, tail, span?.from, span?.to, span],
  );
  return { data, loading: loaded?.key !== key && fault === null, fault };
}
