import { type Fault, FaultError } from '../faults.ts';
import type { Client, Contract } from './definition.ts';
import { decodeBytes, decodeFrame, encodeFrame, type Frame } from './frames.ts';
import { createQueue, type Queue } from './queue.ts';
import type { Wire } from './wire.ts';

interface PendingCall {
  readonly kind: 'call';
  resolve(value: unknown): void;
  reject(error: Error): void;
}
type Pending = PendingCall | { readonly kind: 'stream'; readonly queue: Queue<unknown> };

/** How many items of one stream may be under way before the reader has taken the first. */
const window = 4;

/**
 * The contract as functions, over a wire. Calls answer promises, streams answer async iterables; both end with a
 * `FaultError` when the other side reports a fault, when the signal aborts (`cancelled`) or when the wire closes
 * (`disconnected`). Leaving a `for await` early cancels the stream on the other side.
 */
export function createClient<C extends Contract>(contract: C, wire: Wire): Client<C> {
  const pending = new Map<number, Pending>();
  let nextId = 1;
  let closed = false;

  function settle(id: number, fault: Fault): void {
    const entry = pending.get(id);
    if (entry === undefined) return;
    pending.delete(id);
    const error = new FaultError(fault.code, fault.step, fault.message);
    if (entry.kind === 'call') entry.reject(error);
    else entry.queue.fail(error);
  }

  function receive(frame: Frame): void {
    if (frame.t === 'fault') return settle(frame.id, frame.fault);
    if (frame.t === 'ask' || frame.t === 'credit' || frame.t === 'cancel') return;
    const entry = pending.get(frame.id);
    if (entry === undefined) return;
    if (frame.t === 'item') {
      if (entry.kind === 'stream') entry.queue.push(frame.value);
      return;
    }
    pending.delete(frame.id);
    if (entry.kind === 'stream') entry.queue.end();
    else entry.resolve(frame.t === 'answer' ? frame.value : undefined);
  }

  wire.onMessage((message) => {
    if (typeof message === 'string') {
      const frame = decodeFrame(message);
      if (frame === null) wire.close();
      else receive(frame);
      return;
    }
    const frame = decodeBytes(message);
    const entry = frame === null ? undefined : pending.get(frame.id);
    if (frame !== null && entry?.kind === 'stream') entry.queue.push(frame.payload);
  });

  wire.onClose(() => {
    closed = true;
    for (const id of [...pending.keys()]) settle(id, lost);
  });

  /** Sends the request and registers it; the answer is what to do when the signal aborts or the reader leaves. */
  function ask(name: string, input: unknown, entry: Pending, signal: AbortSignal | undefined): number {
    const id = nextId++;
    pending.set(id, entry);
    if (closed) {
      settle(id, lost);
    } else if (signal?.aborted) {
      settle(id, cancelledFault(name));
    } else {
      wire.send(encodeFrame({ t: 'ask', id, name, input }));
      signal?.addEventListener('abort', () => cancel(id, name), { once: true });
    }
    return id;
  }

  function cancel(id: number, name: string): void {
    if (!pending.has(id)) return;
    wire.send(encodeFrame({ t: 'cancel', id }));
    settle(id, cancelledFault(name));
  }

  async function* read(name: string, input: unknown, signal: AbortSignal | undefined): AsyncGenerator<unknown> {
    const queue = createQueue<unknown>();
    const id = ask(name, input, { kind: 'stream', queue }, signal);
    try {
      wire.send(encodeFrame({ t: 'credit', id, n: window }));
      for await (const item of queue) {
        yield item;
        if (pending.has(id)) wire.send(encodeFrame({ t: 'credit', id, n: 1 }));
      }
    } finally {
      cancel(id, name);
    }
  }

  const entries = Object.entries(contract).map(([name, definition]) => {
    const method =
      definition.kind === 'call'
        ? (input: unknown, signal?: AbortSignal) =>
            new Promise((resolve, reject) => ask(name, input, { kind: 'call', resolve, reject }, signal))
        : (input: unknown, signal?: AbortSignal) => read(name, input, signal);
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
