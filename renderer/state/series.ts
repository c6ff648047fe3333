import { useEffect, useMemo, useState } from 'react';
import type { Fault } from '../../main/contract/faults.ts';
import type { Series, SeriesRequest } from '../../main/contract/history.ts';
import { api, faultOf } from '../api/rackside.ts';
import { type ChartData, noData, shapeChart } from './chart-data.ts';
import { joinSeries, pagesOf } from './join-series.ts';
import { useLink } from './link.ts';
import { useLive } from './live.ts';
import type { Span } from './range.ts';
import { useHistoryVersion } from './replay.ts';

export interface Wanted {
  readonly hostId: string;
  /** Null: nothing is asked. */
  readonly span: Span | null;
  /** The same list as long as nothing else is wanted. */
  readonly readings: readonly string[];
  /**
   * The span ends at the clock, so history is asked again from time to time; else it rests and is asked once, or, of a dump,
   * when more of it came in.
   */
  readonly following: boolean;
  /** At most so many points; about one per pixel of a wide chart. */
  readonly points?: number;
  /** Of readings of slower rounds: what lies further apart was not one line. No live fast sample has them. */
  readonly unbrokenMs?: number;
}

export interface SeriesState {
  /** While another range loads, that of the range before: its points stay where they fall in the new span. */
  readonly series: Series | null;
  readonly loading: boolean;
  readonly fault: Fault | null;
}

interface Loaded {
  readonly hostId: string;
  readonly key: string;
  readonly series: Series;
}

/** How long an answer about a span that follows the clock stands, by the span's width. */
export function standsMs(width: number): number {
  return Math.max(30_000, width / 200);
}

/** History of a span, as the console tells it. */
export function useSeries({ hostId, span, readings, following, points = 800 }: Wanted): SeriesState {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const width = span === null ? 0 : span.to - span.from;
  const [round, setRound] = useState(0);
  const up = useLink((link) => link.up);
  const version = useHistoryVersion(hostId);
  const place = following ? `${width}` : `${span?.from} ${span?.to}`;
  const key = span === null || readings.length === 0 ? '' : `${hostId} ${place} ${readings.join('\n')}`;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a following span moves all the time; its width is what asks again, and a dump that says more
  useEffect(() => {
    if (span === null || key === '' || !up) return;
    const abort = new AbortController();
    askPages({ hostId, readings: [...readings], from: span.from, to: span.to + 1, points }, abort.signal)
      .then((series) => {
        setLoaded({ hostId, key, series });
        setFault(null);
      })
      .catch((error: unknown) => {
        if (!abort.signal.aborted) setFault(faultOf(error));
      });
    const again = following ? setTimeout(() => setRound(round + 1), standsMs(width)) : undefined;
    return () => {
      abort.abort();
      clearTimeout(again);
    };
  }, [key, round, up, version]);

  const series = key !== '' && loaded?.hostId === hostId ? loaded.series : null;
  return { series, loading: key !== '' && loaded?.key !== key && fault === null, fault };
}

/** One page after the other: many cores are more readings than one request takes. */
async function askPages(request: SeriesRequest, signal: AbortSignal): Promise<Series> {
  const pages: Series[] = [];
  for (const readings of pagesOf(request.readings)) {
    pages.push(await api()['history.series']({ ...request, readings }, signal));
  }
  return joinSeries(pages);
}

export interface HistoryState {
  readonly data: ChartData;
  readonly loading: boolean;
  readonly fault: Fault | null;
}

/** History as a chart draws it; where it follows the clock, the live samples bridge the time since it was asked. */
export function useHistory(wanted: Wanted): HistoryState {
  const { hostId, span, following, unbrokenMs } = wanted;
  const { series, loading, fault } = useSeries(wanted);
  const live = following && unbrokenMs === undefined;
  const tail = useLive((state) => (live && state.hostId === hostId ? state.tail : noData.points));
  const data = useMemo(
    () => (span === null ? noData : shapeChart(series, tail, { from: span.from, to: span.to }, unbrokenMs)),
    [series, tail, span?.from, span?.to, span, unbrokenMs],
  );
  // What is still on its way is no hole.
  return { data: loading && data.points.length === 0 ? noData : data, loading, fault };
}
