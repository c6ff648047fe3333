import { useEffect, useRef, useState } from 'react';
import type { Sample } from '../../main/contract/samples.ts';
import { api } from '../api/rackside.ts';
import { cursorInstant, useCursor } from './cursor.ts';
import { gaugeReadings, instantSample, instantSpan } from './instant-sample.ts';

/**
 * In a replay, what the gauges show at the cursor; the newest sample where the cursor is nowhere. One request is under
 * way at a time: a cursor that moves faster skips instants, and the last one is always asked.
 */
export function useInstant(hostId: string, wanted: boolean, newest: Sample | null): Sample | null {
  const at = useCursor((cursor) => (wanted ? secondOf(cursorInstant(cursor)) : null));
  const [shown, setShown] = useState<{ at: number; sample: Sample } | null>(null);
  const next = useRef<number | null>(null);
  const busy = useRef(false);

  useEffect(() => {
    next.current = at;
    if (at === null || newest === null || busy.current) return;
    void follow(newest);

    async function follow(base: Sample): Promise<void> {
      busy.current = true;
      while (next.current !== null) {
        const instant: number = next.current;
        next.current = null;
        const request = { hostId, readings: gaugeReadings(base.data), ...instantSpan(instant) };
        const series = await api()
          ['history.series'](request)
          .catch(() => null);
        if (series === null) continue;
        setShown({ at: instant, sample: instantSample(base, series, instant) });
      }
      busy.current = false;
    }
  }, [hostId, at, newest]);

  return at === null || shown === null ? newest : shown.sample;
}

function secondOf(at: number | null): number | null {
  return at === null ? null : Math.round(at / 1000) * 1000;
}
