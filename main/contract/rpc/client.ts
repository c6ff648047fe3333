import { type Fault, FaultError } from '../faults.ts';
import type { Client, Contract, Kinds } from './definition.ts';
import { decodeBytes, decodeFrame, encodeFrame, type Frame } from './frames.ts';
import { createQueue, type Queue } from './queue.ts';
import type { Wire } from './wire.ts';

interface Pending {
  readonly kind: 'call' | 'stream' | 'bytes';
  /** An answer, an item or the payload of a binary frame; false when this request did not ask for it. */
  take(value: unknown): boolean;
  end(): void;
  fail(error: Error): void;
  /** Lets go of what the request held on to: its listener on the caller's signal. */
  release(): void;
}

/**
 * How many items may be under way while the reader has not asked for them. A stream makes an item when its reader
 * waits for one, so a slow reader gets the newest, never a backlog; bytes do not age, and are fetched ahead.
 */
const window = { stream: 1, bytes: 4 } as const;

/**
 * The contract as functions, over a wire. Calls answer promises, streams answer async iterables; both end with a
 * `FaultError` when the other side reports a fault, when the signal aborts (`cancelled`) or when the wire closes
 * (`disconnected`). Leaving a `for await` early cancels the stream on the other side. A side that answers what was
 * not asked, or sends a stream beyond its credit, is broken: the wire is closed.
 */
export function createClient<C extends Contract>(contract: C | Kinds<C>, wire: Wire): Client<C> {
  const pending = new Map<number, Pending>();
  let nextId = 1;
  let closed = false;

  function settle(id: number, fault: Fault | null): void {
    const entry = pending.get(id);
    if (entry === undefined) return;
    pending.delete(id);
    entry.release();
    if (fault === null) entry.end();
    else entry.fail(FaultError.of(fault));
  }

  /** False when the frame is nothing that this side may be sent. */
  function receive(frame: Frame): boolean {
    if (frame.t === 'ask' || frame.t === 'credit' || frame.t === 'cancel') return false;
    const entry = pending.get(frame.id);
    // What was cancelled here may still be answered by a side that has not heard of it yet.
    if (entry === undefined) return true;
    if (frame.t === 'fault') settle(frame.id, frame.fault);
    else if (frame.t === 'item') return entry.kind === 'stream' && entry.take(frame.value);
    else if (frame.t === 'answer' && entry.kind === 'call') entry.take(frame.value);
    else if (frame.t === 'end' && entry.kind !== 'call') settle(frame.id, null);
    else return false;
    return true;
  }

  function receiveBytes(message: Uint8Array): boolean {
    const frame = decodeBytes(message);
    if (frame === null) return false;
    const entry = pending.get(frame.id);
    return entry === undefined || (entry.kind === 'bytes' && entry.take(frame.payload));
  }

  wire.onMessage((message) => {
    const frame = typeof message === 'string' ? decodeFrame(message) : null;
    const expected = typeof message === 'string' ? frame !== null && receive(frame) : receiveBytes(message);
    if (!expected) wire.close();
  });

  wire.onClose(() => {
    closed = true;
    for (const id of [...pending.keys()]) settle(id, lost);
  });

  /** Sends the request and registers it, unless it is over before it began. `entry` is told how it ends. */
  function ask(
    name: string,
    input: unknown,
    signal: AbortSignal | undefined,
    entry: (id: number) => Omit<Pending, 'release'>,
  ): void {
    const id = nextId++;
    const abort = (): void => cancel(id, name);
    const message = encodeFrame({ t: 'ask', id, name, input });
    pending.set(id, { ...entry(id), release: () => signal?.removeEventListener('abort', abort) });
    if (closed) {
      settle(id, lost);
    } else if (signal?.aborted) {
      settle(id, cancelledFault(name));
    } else {
      signal?.addEventListener('abort', abort, { once: true });
      wire.send(message);
    }
  }

  function cancel(id: number, name: string): void {
    if (!pending.has(id)) return;
    wire.send(encodeFrame({ t: 'cancel', id }));
    settle(id, cancelledFault(name));
  }

  function request(name: string, input: unknown, signal: AbortSignal | undefined): Promise<unknown> {
    return new Promise((resolve, reject) => {
      ask(name, input, signal, (id) => ({
        kind: 'call',
        take: (value) => {
          resolve(value);
          settle(id, null);
          return true;
        },
        end: () => {},
        fail: reject,
      }));
    });
  }

  function open(
    kind: 'stream' | 'bytes',
    name: string,
    input: unknown,
    signal: AbortSignal | undefined,
  ): Queue<unknown> {
    let streamId = 0;
    let granted = 0;
    const grant = (ready: number): void => {
      const n = window[kind] - granted - ready;
      if (n <= 0 || !pending.has(streamId)) return;
      granted += n;
      wire.send(encodeFrame({ t: 'credit', id: streamId, n }));
    };
    const queue = createQueue<unknown>(grant, () => cancel(streamId, name));
    ask(name, input, signal, (id) => {
      streamId = id;
      return {
        kind,
        take: (value) => {
          if (granted === 0) return false;
          granted -= 1;
          queue.push(value);
          return true;
        },
        end: queue.end,
        fail: queue.fail,
      };
    });
    return queue;
  }

  const entries = Object.entries(contract).map(([name, { kind }]) => {
    const method =
      kind === 'call'
        ? (input: unknown, signal?: AbortSignal) => request(name, input, signal)
        : (input: unknown, signal?: AbortSignal) => ({
            [Symbol.asyncIterator]: () => open(kind, name, input, signal),
          });
    return [name, method];
  });
  return Object.fromEntries(entries) as Client<C>;
}

const lost: Fault = {
  code: 'disconnected',
  step: 'wire',
  message: 'The connection to Rackside itself was lost. It reconnects by itself; if it does not, start Rackside again.',
};

function cancelledFault(name: string): Fault {
  return { code: 'cancelled', step: name, message: 'Cancelled.' };
}
