import { useCallback, useEffect, useRef, useState } from 'react';
import type { Fault } from '../../main/contract/faults.ts';
import type { Extent } from '../../main/contract/history.ts';
import { api, faultOf } from '../api/rackside.ts';
import { useLink } from './link.ts';
import type { Span } from './range.ts';
import { dumpSpan, useHistoryVersion, useReplay } from './replay.ts';

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

/**
 * What a dump's charts span: what was told to be in it while the rest comes in, so that no axis moves, and what its
 * samples span afterwards, unless that is nearly the same.
 */
export function settledSpan(told: Span | null, sampled: Span | null, complete: boolean): Span | null {
  if (told === null || sampled === null) return sampled ?? (complete ? null : told);
  const nearlyAll = 0.9;
  return !complete || sampled.to - sampled.from >= nearlyAll * (told.to - told.from) ? told : sampled;
}

type Answer = Pick<ExtentState, 'reading' | 'span' | 'fault'>;
const reading: Answer = { reading: true, span: null, fault: null };

/** From when to when an opened dump reaches; asked where it is wanted, again when the link is back and when more came in. */
export function useExtent(hostId: string, wanted: boolean): ExtentState {
  const [answer, setAnswer] = useState(reading);
  const [round, setRound] = useState(0);
  const up = useLink((link) => link.up);
  const version = useHistoryVersion(hostId);
  const status = useReplay((state) => (wanted && state.hostId === hostId ? state.status : null));
  const following = useReplay((state) => state.following);
  const shown = useRef<{ readonly hostId: string; readonly span: Span | null }>({ hostId, span: null });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a further round asks again, and so does a dump that says more
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
  }, [hostId, wanted, up, round, version]);
  const again = useCallback(() => setRound((count) => count + 1), []);
  const complete = status?.replayed === 1;
  const told = dumpSpan(status);
  const whole = told === null ? null : extentSpan({ first: told.from, last: told.to, bytes: 0 });
  const next = wanted ? settledSpan(whole, answer.span, complete) : null;
  const before = shown.current.hostId === hostId ? shown.current.span : null;
  // The same object as long as it says the same: charts are drawn anew with another one.
  const held = before !== null && (!following || sameSpan(before, next));
  if (!held) shown.current = { hostId, span: next };
  return { ...answer, reading: answer.reading || (status !== null && !complete), span: shown.current.span, again };
}

function sameSpan(one: Span, other: Span | null): boolean {
  return other !== null && one.from === other.from && one.to === other.to;
}
