import { useEffect, useRef, useState } from 'react';
import type { Fault } from '../../main/contract/faults.ts';
import type { ProcessesAt, Seek } from '../../main/contract/history.ts';
import type { HostClock, Sample } from '../../main/contract/samples.ts';
import { api, faultOf } from '../api/rackside.ts';
import { pinCursor } from './cursor.ts';

export type Processes = NonNullable<Sample['data']['processes']>;

export interface Shown {
  readonly at: number;
  /** Whether newer ones take its place. */
  readonly live: boolean;
  /** The host's time when it was taken. */
  readonly clock: HostClock;
  readonly processes: Processes;
}

function recorded({ collected_at, clock, processes }: ProcessesAt): Shown {
  return { at: Date.parse(collected_at), live: false, clock, processes };
}

/** The recorded list nearest before an instant, and its neighbours on demand. */
export function usePastProcesses(hostId: string, at: number | null) {
  const [shown, setShown] = useState<Shown | null>(null);
  const [searched, setSearched] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const [edge, setEdge] = useState<string | null>(null);
  const abort = useRef<AbortController | null>(null);
  const busy = useRef(false);

  const ask = (instant: number, seek: Seek) =>
    api()['history.processes']({ hostId, at: instant, seek }, abort.current?.signal);

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once for each instant that it is opened with
  useEffect(() => {
    if (at === null) return;
    const controller = new AbortController();
    abort.current = controller;
    ask(at, 'at')
      .then((answer) => {
        if (controller.signal.aborted) return;
        setSearched(true);
        if (answer !== null) setShown(recorded(answer));
      })
      .catch((error: unknown) => {
        if (!controller.signal.aborted) setFault(faultOf(error));
      });
    return () => controller.abort();
  }, [hostId, at]);

  async function step(direction: 1 | -1): Promise<void> {
    if (shown === null || busy.current) return;
    busy.current = true;
    try {
      const answer = await ask(shown.at, direction < 0 ? 'previous' : 'next');
      if (answer === null) {
        setEdge(direction < 0 ? 'There is no earlier sample.' : 'There is no later sample.');
        return;
      }
      const next = recorded(answer);
      setEdge(null);
      setFault(null);
      setShown(next);
      pinCursor(next.at);
    } catch (error) {
      setFault(faultOf(error));
    } finally {
      busy.current = false;
    }
  }

  return { shown, searched, fault, edge, step: (direction: 1 | -1) => void step(direction) };
}
