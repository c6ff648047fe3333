import { useEffect, useRef, useState } from 'react';
import type { Fault } from '../../main/contract/faults.ts';
import type { Seek } from '../../main/contract/history.ts';
import type { Sample } from '../../main/contract/samples.ts';
import { api, faultOf } from '../api/rackside.ts';
import { pinCursor } from './cursor.ts';

export type Processes = NonNullable<Sample['data']['processes']>;

export interface Shown {
  readonly at: number;
  readonly processes: Processes;
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
        if (answer !== null) setShown({ at: Date.parse(answer.collected_at), processes: answer.processes });
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
      const answer = await (direction < 0 ? ask(shown.at - 1, 'at') : ask(shown.at, 'next'));
      if (answer === null) {
        setEdge(direction < 0 ? 'There is no sample shortly before.' : 'There is no later sample.');
        return;
      }
      const next = Date.parse(answer.collected_at);
      setEdge(null);
      setFault(null);
      setShown({ at: next, processes: answer.processes });
      pinCursor(next);
    } catch (error) {
      setFault(faultOf(error));
    } finally {
      busy.current = false;
    }
  }

  return { shown, searched, fault, edge, step: (direction: 1 | -1) => void step(direction) };
}
