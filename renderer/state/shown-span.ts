import { useMemo } from 'react';
import { useClock } from './clock.ts';
import { type ExtentState, useExtent } from './extent.ts';
import { presetSpan, type Span, useRange } from './range.ts';

export interface ShownSpan {
  /** Null while a dump's span is being read, or where it has none. */
  readonly span: Span | null;
  /** Whether it ends at the clock and moves on with it. */
  readonly following: boolean;
  readonly extent: ExtentState;
}

/** The span that the charts of a host show. */
export function useShownSpan(hostId: string, replay: boolean): ShownSpan {
  const range = useRange();
  const extent = useExtent(hostId, replay);
  const followed = useClock((now) => presetSpan(range.preset, now).to);
  const span = useMemo(
    () => range.zoom ?? (replay ? extent.span : presetSpan(range.preset, followed)),
    [range.zoom, replay, extent.span, range.preset, followed],
  );
  return { span, following: !replay && range.zoom === null, extent };
}
