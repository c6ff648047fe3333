import type { ConsoleClient, ConsoleContract } from '../../main/contract/console.ts';
import { consoleKinds } from '../../main/contract/console-kinds.ts';
import { type Fault, toFault } from '../../main/contract/faults.ts';
import { createClient } from '../../main/contract/rpc/client.ts';
import type { Wire } from '../../main/contract/rpc/wire.ts';

export type LinkState =
  | { readonly state: 'opening' | 'up' }
  /** `attempt` counts the failures in a row; `retryAt` is by this page's clock. */
  | { readonly state: 'down'; readonly attempt: number; readonly retryAt: number };

/** The page's connection to Rackside, which comes back by itself. */
export interface Link {
  /** Opens it for the first time. */
  start(): void;
  /** Calls fail with `disconnected` while the link is not up. */
  client(): ConsoleClient;
  state(): LinkState;
  /** The answer takes the listener away. */
  onState(listener: () => void): () => void;
  /**
   * Reads a stream until the signal aborts, and opens it again whenever the link comes back. Any other fault is
   * told once and ends it; so does the stream's own end.
   */
  follow<Item>(
    open: (client: ConsoleClient, signal: AbortSignal) => AsyncIterable<Item>,
    signal: AbortSignal,
    onItem: (item: Item) => void,
    onFault?: (fault: Fault) => void,
  ): Promise<void>;
}

const firstDelayMs = 250;
const maxDelayMs = 8_000;

/** Waits before a next attempt: doubled each time, at most eight seconds, because the server is on this machine. */
export function retryDelayMs(attempt: number): number {
  return Math.min(maxDelayMs, firstDelayMs * 2 ** (attempt - 1));
}

/** What is asked while there is no link is answered like a link that has just been lost. */
const deadWire: Wire = { send: () => {}, onMessage: () => {}, onClose: (listener) => listener(), close: () => {} };

export function createLink(open: () => Promise<Wire>): Link {
  const dead = createClient<ConsoleContract>(consoleKinds, deadWire);
  const listeners = new Set<() => void>();
  let client: ConsoleClient = dead;
  let current: LinkState = { state: 'opening' };
  let failures = 0;

  function become(next: LinkState): void {
    current = next;
    for (const listener of [...listeners]) listener();
  }

  function lost(): void {
    client = dead;
    failures += 1;
    const delay = retryDelayMs(failures);
    become({ state: 'down', attempt: failures, retryAt: Date.now() + delay });
    setTimeout(connect, delay);
  }

  function connect(): void {
    open().then((wire) => {
      failures = 0;
      // Heard before the client hears it: what the client ends may look at the link at once, and must find it down.
      wire.onClose(lost);
      client = createClient<ConsoleContract>(consoleKinds, wire);
      become({ state: 'up' });
    }, lost);
  }

  /** Resolves when the link is up, or when the signal aborts. */
  function whenUp(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      function settle(): void {
        if (current.state !== 'up' && !signal.aborted) return;
        listeners.delete(settle);
        signal.removeEventListener('abort', settle);
        resolve();
      }
      listeners.add(settle);
      signal.addEventListener('abort', settle);
      settle();
    });
  }

  return {
    start: connect,
    client: () => client,
    state: () => current,
    onState: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    follow: async (openStream, signal, onItem, onFault) => {
      while (!signal.aborted) {
        await whenUp(signal);
        if (signal.aborted) return;
        try {
          for await (const item of openStream(client, signal)) {
            if (signal.aborted) return;
            onItem(item);
          }
          return;
        } catch (error) {
          if (signal.aborted) return;
          const fault = faultOf(error);
          if (fault.code !== 'disconnected') {
            onFault?.(fault);
            return;
          }
        }
      }
    },
  };
}

/** The fault to show for anything that a call threw. */
export function faultOf(error: unknown): Fault {
  return toFault(error, 'page');
}
