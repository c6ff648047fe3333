import { FaultError, toFault } from '../../contract/faults.ts';
import type { Host } from '../../contract/hosts.ts';
import type { Recording } from '../../contract/recordings.ts';

/** How it was before it went. */
interface Before {
  readonly started: boolean;
  /** Disconnected by the technician: it comes back as quiet as it went. */
  readonly off: boolean;
  /** How it was being recorded; null where it was not. */
  readonly recording: Recording | null;
}

interface Departed {
  readonly host: Host;
  readonly before: Before;
}

/** Hosts that were removed a moment ago. What is stored of them stays until they cannot come back any more. */
export interface Departures {
  /** Why what is stored of a removed host is still there, in a sentence; null when all is well. */
  readonly problem: string | null;
  add(host: Host, before: Before): void;
  /** Takes a host out again; throws `not_found` when its time is over. */
  take(hostId: string): Departed;
  /** Ends the time of all of them now. */
  settle(): Promise<void>;
}

export interface DeparturesOptions {
  readonly undoMs: number;
  /** Forgets what is stored of a host. */
  forget(host: Host): Promise<void>;
  /** The problem is another one. */
  onChange(): void;
}

export function createDepartures({ undoMs, forget, onChange }: DeparturesOptions): Departures {
  const waiting = new Map<string, Departed & { readonly timer: NodeJS.Timeout }>();
  /** Those whose data are being forgotten: an end has to wait for them. */
  const ending = new Set<Promise<void>>();
  let problem: string | null = null;

  function note(next: string | null): void {
    if (next === problem) return;
    problem = next;
    onChange();
  }

  function release(hostId: string): Departed | null {
    const departed = waiting.get(hostId);
    if (departed === undefined) return null;
    clearTimeout(departed.timer);
    waiting.delete(hostId);
    return departed;
  }

  function end(hostId: string): void {
    const departed = release(hostId);
    if (departed === null) return;
    const { host } = departed;
    const forgotten: Promise<void> = forget(host)
      .then(
        () => note(null),
        // It is in the database still, so the next start shows it again: nothing is lost, and it can be removed anew.
        (error: unknown) => note(`${host.name} is removed, but still stored: ${toFault(error, 'remove').message}`),
      )
      .finally(() => ending.delete(forgotten));
    ending.add(forgotten);
  }

  return {
    get problem() {
      return problem;
    },
    add: (host, before) => {
      waiting.set(host.id, { host, before, timer: setTimeout(() => end(host.id), undoMs) });
    },
    take: (hostId) => {
      const departed = release(hostId);
      if (departed !== null) return departed;
      throw new FaultError('not_found', 'restore', 'It is too late to bring this host back; add it again.');
    },
    settle: async () => {
      for (const hostId of [...waiting.keys()]) end(hostId);
      await Promise.all(ending);
    },
  };
}
