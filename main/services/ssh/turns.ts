import { cancelled } from './deadline.ts';

/** Gives a turn back; more than once is once. */
export type Release = () => void;

export interface Turns {
  /** Waits until fewer than the most have a turn at `what`; throws `cancelled` when the signal aborts before. */
  take(what: string, signal: AbortSignal): Promise<Release>;
}

/** What may happen only so often at once, in the order in which it was asked for. */
export function createTurns(most: number): Turns {
  const queues = new Map<string, { busy: number; waiting: (() => void)[] }>();

  function begin(what: string): Release {
    const queue = queues.get(what) ?? { busy: 0, waiting: [] };
    queues.set(what, queue);
    queue.busy++;
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      queue.busy--;
      const next = queue.waiting.shift();
      if (next !== undefined) next();
      else if (queue.busy === 0) queues.delete(what);
    };
  }

  return {
    take(what, signal) {
      if (signal.aborted) return Promise.reject(cancelled('tcp'));
      const queue = queues.get(what);
      if (queue === undefined || queue.busy < most) return Promise.resolve(begin(what));
      return new Promise((resolve, reject) => {
        const enter = () => {
          signal.removeEventListener('abort', onAbort);
          resolve(begin(what));
        };
        function onAbort(): void {
          queue?.waiting.splice(queue.waiting.indexOf(enter), 1);
          reject(cancelled('tcp'));
        }
        signal.addEventListener('abort', onAbort, { once: true });
        queue.waiting.push(enter);
      });
    },
  };
}
