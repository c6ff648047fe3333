import { useEffect, useState } from 'react';
import type { Series } from '../../main/contract/history.ts';
import { api } from '../api/rackside.ts';
import { coreReading } from './heat-map.ts';
import { seriesPage } from './join-series.ts';
import { useLink } from './link.ts';
import type { Span } from './range.ts';

const noCores: readonly number[] = [];
/** As many as the console keeps of a host (`maxCores`). */
const mostCores = 1024;

/** The cores that a series has a value of, in the order of their numbers. */
export function coresOf(series: Series, asked: readonly number[]): number[] {
  return asked.filter((id) => series.readings[coreReading(id)]?.mean.some((busy) => busy !== null));
}

/** The cores of a host that is not looked at, as far as history has them in a span; none until they are known. */
export function useStoredCores(hostId: string, span: Span | null): readonly number[] {
  const [stored, setStored] = useState<{ hostId: string; ids: readonly number[] } | null>(null);
  const up = useLink((link) => link.up);
  const width = span === null ? 0 : span.to - span.from;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a span that moves on has the cores that it had
  useEffect(() => {
    if (span === null || !up) return;
    const abort = new AbortController();
    askCores(hostId, span, abort.signal)
      .then((ids) => setStored({ hostId, ids }))
      // The charts beside it ask the same host, and tell why it cannot be read.
      .catch(() => undefined);
    return () => abort.abort();
  }, [hostId, width, up]);

  return span !== null && stored?.hostId === hostId ? stored.ids : noCores;
}

/** Page by page up to the first that has none: the numbers of cores have small holes only. */
async function askCores(hostId: string, { from, to }: Span, signal: AbortSignal): Promise<number[]> {
  const found: number[] = [];
  for (let first = 0; first < mostCores; first += seriesPage) {
    const ids = Array.from({ length: Math.min(seriesPage, mostCores - first) }, (_, index) => first + index);
    const request = { hostId, readings: ids.map(coreReading), from, to: to + 1, points: 2 };
    const page = coresOf(await api()['history.series'](request, signal), ids);
    if (page.length === 0) break;
    found.push(...page);
  }
  return found;
}
