import { useMemo } from 'react';
import type { Fault } from '../../main/contract/faults.ts';
import { visible } from '../../main/domain/present/words.ts';
import { type ChartData, laterBy } from './chart-data.ts';
import { comparedLater, comparedSpan, comparisonWords, useComparison, useMarked } from './compare.ts';
import { useHostView } from './fleet.ts';
import type { Span } from './range.ts';
import { standsMs, useHistory, type Wanted } from './series.ts';

/** Where what is compared comes from, and what it is called. */
export interface ComparedPlace {
  readonly hostId: string;
  /** In its own time. */
  readonly span: Span;
  readonly following: boolean;
  /** How much later it is drawn than it was. */
  readonly laterMs: number;
  readonly name: string;
  /** What it is compared with. */
  readonly ours: string;
}

/** What the charts of a host are compared with; null where nothing is. */
export function useComparedPlace(hostId: string, span: Span, following: boolean): ComparedPlace | null {
  const comparison = useComparison();
  const otherId = comparison.kind === 'host' ? comparison.hostId : hostId;
  const [own, other] = [useHostView(hostId), useHostView(otherId)];
  const name = comparisonWords(comparison, visible(other?.host.name ?? 'another host', 60));
  const ours = comparison.kind === 'host' ? visible(own?.host.name ?? '', 60) : 'now shown';
  return useMemo(() => {
    const theirs = comparedSpan(span, comparison, following ? 2 * standsMs(span.to - span.from) : 0);
    if (theirs === null) return null;
    return { hostId: otherId, span: theirs, following, laterMs: comparedLater(comparison), name, ours };
  }, [otherId, span, following, comparison, name, ours]);
}

/** The instant that is held against one of a host: of what is compared, else the one that is marked. */
export function useOtherInstant(
  hostId: string,
  at: number | null,
): { readonly hostId: string; readonly at: number } | null {
  const comparison = useComparison();
  const marked = useMarked();
  if (at === null) return null;
  if (comparison.kind === 'none') return marked === null ? null : { hostId, at: marked };
  return { hostId: comparison.kind === 'host' ? comparison.hostId : hostId, at: at - comparedLater(comparison) };
}

/** What is compared, drawn at the time of what it is compared with. */
export interface Compared {
  readonly data: ChartData;
  readonly name: string;
  readonly fault: Fault | null;
}

/** The history of that place. */
export function useCompared(
  place: ComparedPlace | null,
  wanted: Pick<Wanted, 'readings' | 'unbrokenMs'>,
): Compared | null {
  const { hostId = '', span = null, following = false } = place ?? {};
  const { data, fault } = useHistory({ hostId, span, following, ...wanted });
  const { laterMs = 0, name = null } = place ?? {};
  const moved = useMemo(() => laterBy(data, laterMs), [data, laterMs]);
  return useMemo(() => (name === null ? null : { data: moved, name, fault }), [moved, name, fault]);
}
