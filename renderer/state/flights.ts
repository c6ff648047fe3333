import { useEffect, useState } from 'react';
import type { Flight } from '../../main/contract/health-calls.ts';
import { api } from '../api/rackside.ts';

const none: readonly Flight[] = [];

/** What the flight recorder kept of a host, the newest first; read anew when `cue` changes. */
export function useFlights(hostId: string, cue: unknown): readonly Flight[] {
  const [flights, setFlights] = useState(none);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the cue says only when
  useEffect(() => {
    let left = false;
    api()
      ['health.flights']({ hostId })
      .then(
        (told) => {
          if (!left) setFlights(told.flights);
        },
        // The events beside them say why nothing answers.
        () => {},
      );
    return () => {
      left = true;
    };
  }, [hostId, cue]);
  return flights;
}
