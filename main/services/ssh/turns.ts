import { cancelled } from './deadline.ts';

/** A place in the queue of handshakes, until it is given back. */
export interface Turn {
  /** Lets another one begin: this one waits for a person, and costs nothing meanwhile. */
  yieldProcessor(): void;
  end(): void;
}

export interface Turns {
  /** Waits until a handshake with this server may begin; throws `cancelled` when the signal aborts before. */
  take(server: string, signal: AbortSignal): Promise<Turn>;
}

/**
 * Spreads storms. sshd turns away at random once ten connections have not signed in (`MaxStartups 10:30:100`), and a
 * handshake costs milliseconds of processor on both sides; so only a few at once to one server, and not many in all.
 */
export function createTurns(most: { readonly perServer: number; readonly inAll: number }): Turns {
  const waiting: { server: string; begin: () => void }[] = [];
  const busy = new Map<string, number>();
  let running = 0;

  const isFree = (server: string) => running < most.inAll && (busy.get(server) ?? 0) < most.perServer;

  function next(): void {
    for (let index = 0; index < waiting.length && running < most.inAll; ) {
      const { server, begin } = waiting[index] as (typeof waiting)[number];
      if (isFree(server)) {
        waiting.splice(index, 1);
        begin();
      } else index++;
    }
  }

  function begin(server: string): Turn {
    let computing = true;
    let ended = false;
    running++;
    busy.set(server, (busy.get(server) ?? 0) + 1);
    const release = () => {
      if (computing) running--;
      computing = false;
    };
    return {
      yieldProcessor() {
        release();
        next();
      },
      end() {
        if (ended) return;
        ended = true;
        release();
        const left = (busy.get(server) ?? 1) - 1;
        if (left > 0) busy.set(server, left);
        else busy.delete(server);
        next();
      },
    };
  }

  return {
    take(server, signal) {
      if (signal.aborted) return Promise.reject(cancelled('tcp'));
      if (isFree(server)) return Promise.resolve(begin(server));
      return new Promise((resolve, reject) => {
        const entry = {
          server,
          begin: () => {
            signal.removeEventListener('abort', onAbort);
            resolve(begin(server));
          },
        };
        function onAbort(): void {
          waiting.splice(waiting.indexOf(entry), 1);
          reject(cancelled('tcp'));
        }
        signal.addEventListener('abort', onAbort, { once: true });
        waiting.push(entry);
      });
    },
  };
}
