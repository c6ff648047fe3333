import { useEffect, useState } from 'react';
import type { Fault } from '../../main/contract/faults.ts';
import type { HealthEvent } from '../../main/contract/health.ts';
import { api, faultOf } from '../api/rackside.ts';

const most = 50;

interface Read {
  /** The newest first; null until they have come. */
  readonly events: readonly HealthEvent[] | null;
  readonly fault: Fault | null;
}

/** What came and went on a host; read anew when `cue` changes. */
export function useHealthEvents(hostId: string, cue: unknown): Read {
  const [read, setRead] = useState<Read>({ events: null, fault: null });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the cue says only when
  useEffect(() => {
    let left = false;
    const show = (next: Read) => {
      if (!left) setRead(next);
    };
    const request = { hostId, from: 0, to: Number.MAX_SAFE_INTEGER, limit: most };
    api()
      ['health.events'](request)
      .then(
        ({ events }) => show({ events: events.toReversed(), fault: null }),
        (error: unknown) => show({ events: null, fault: faultOf(error) }),
      );
    return () => {
      left = true;
    };
  }, [hostId, cue]);
  return read;
}
