import { useEffect, useState } from 'react';
import type { Fault } from '../../main/contract/faults.ts';
import type { HealthEvent, Standing } from '../../main/contract/health.ts';
import type { HealthEventsRequest } from '../../main/contract/health-calls.ts';
import { api, faultOf } from '../api/rackside.ts';

interface Read {
  /** The newest first; null until they have come. */
  readonly events: readonly HealthEvent[] | null;
  readonly fault: Fault | null;
}

/** Changes whenever something begins or ends, gets worse or better; in a replay, while its dump is read. */
export function eventCue(findings: readonly Standing[], readSoFar: string | null): string {
  return JSON.stringify([readSoFar, ...findings.map(({ id, severity, since }) => [id, severity, since])]);
}

/** What came and went on a host; read anew when `cue` changes. */
export function useHealthEvents({ hostId, from, to, limit }: HealthEventsRequest, cue: string): Read {
  const [read, setRead] = useState<Read>({ events: null, fault: null });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the cue says only when
  useEffect(() => {
    let left = false;
    const show = (next: Read) => {
      if (!left) setRead(next);
    };
    api()
      ['health.events']({ hostId, from, to, limit })
      .then(
        ({ events }) => show({ events: events.toReversed(), fault: null }),
        (error: unknown) => show({ events: null, fault: faultOf(error) }),
      );
    return () => {
      left = true;
    };
  }, [hostId, from, to, limit, cue]);
  return read;
}
