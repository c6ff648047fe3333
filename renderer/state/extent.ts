import { useCallback, useEffect, useState } from 'react';
import type { Fault } from '../../main/contract/faults.ts';
import type { Extent } from '../../main/contract/history.ts';
import { api, faultOf } from '../api/rackside.ts';
import { useLink } from './link.ts';
import type { Span } from './range.ts';

export interface ExtentState {
  readonly reading: boolean;
  /** Null while it is read, after a fault, and where nothing is stored. */
  readonly span: Span | null;
  readonly fault: Fault | null;
  /** Asks once more. */
  readonly again: () => void;
}

/** The span of a dump with a little room on both sides; null where it holds nothing. */
export function extentSpan({ first, last }: Extent): Span | null {
  if (first === null || last === null) return null;
  const margin = Math.max(2000, (last - first) / 100);
  return { from: first - margin, to: last + margin };
}

type Answer = Pick<ExtentState, 'reading' | 'span' | 'fault'>;
const reading: Answer = { reading: true, span: null, fault: null };

/** From when to when an opened dump reaches; asked where it is wanted, and again when the link is back. */
export function useExtent(hostId: string, wanted: boolean): ExtentState {
  const [answer, setAnswer] = useState(reading);
  const [round, setRound] = useState(0);
  const up = useLink((link) => link.up);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a further round asks again
  useEffect(() => {
    if (!wanted || !up) return;
    const abort = new AbortController();
    setAnswer((before) => (before.span === null ? reading : before));
    api()
      ['history.extent']({ hostId }, abort.signal)
      .then((extent) => setAnswer({ reading: false, span: extentSpan(extent), fault: null }))
      .catch((error: unknown) => {
        if (!abort.signal.aborted) setAnswer((before) => ({ ...before, reading: false, fault: faultOf(error) }));
      });
    return () => abort.abort();
  }, [hostId, wanted, up, round]);
  const again = useCallback(() => setRound((count) => count + 1), []);
  return { ...answer, again };
}
