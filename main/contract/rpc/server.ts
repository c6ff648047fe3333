import { FaultError, toFault } from '../faults.ts';
import type { Contract, Definition, Handlers } from './definition.ts';
import { decodeFrame, encodeBytes, encodeFrame, type Frame } from './frames.ts';
import type { Wire } from './wire.ts';

interface Request {
  readonly abort: AbortController;
  credit: number;
  /** Set while a stream waits for credit. */
  resume: (() => void) | null;
}

type Handler = (input: unknown, signal: AbortSignal) => unknown;

/** More requests than any honest page has open: beyond it the other side is broken, and is told so. */
const maxOpenRequests = 1024;

/** Answers the contract over a wire until the wire closes; then everything that it was doing is aborted. */
export function serve<C extends Contract>(contract: C, handlers: Handlers<C>, wire: Wire): void {
  const requests = new Map<number, Request>();

  async function answer(id: number, name: string, input: unknown, request: Request): Promise<void> {
    try {
      const definition = contract[name];
      if (definition === undefined) throw new FaultError('bad_input', 'wire', `There is no call named ${name}.`);
      const handler = handlers[name] as Handler;
      const checked = parseInput(name, definition, input);
      if (definition.kind === 'call') {
        const value = await handler(checked, request.abort.signal);
        send({ t: 'answer', id, value });
      } else {
        await pump(id, definition, handler(checked, request.abort.signal) as AsyncIterable<unknown>, request);
        send({ t: 'end', id });
      }
    } catch (error) {
      send({ t: 'fault', id, fault: toFault(error, name) });
    } finally {
      requests.delete(id);
    }
  }

  /** Takes the next item only when there is credit for it: an iterator that is not asked does no work. */
  async function pump(
    id: number,
    definition: Definition,
    items: AsyncIterable<unknown>,
    request: Request,
  ): Promise<void> {
    const iterator = items[Symbol.asyncIterator]();
    const { signal } = request.abort;
    try {
      for (;;) {
        while (request.credit === 0 && !signal.aborted) {
          await new Promise<void>((resolve) => {
            request.resume = resolve;
          });
        }
        if (signal.aborted) return;
        const next = await iterator.next();
        if (next.done === true || signal.aborted) return;
        request.credit -= 1;
        if (definition.kind === 'bytes') wire.send(encodeBytes(id, next.value as Uint8Array));
        else send({ t: 'item', id, value: next.value });
      }
    } finally {
      await iterator.return?.();
    }
  }

  function send(frame: Frame): void {
    wire.send(encodeFrame(frame));
  }

  function receive(frame: Frame): void {
    const request = requests.get(frame.id);
    if (frame.t === 'ask') {
      if (request !== undefined || requests.size >= maxOpenRequests) return wire.close();
      const opened: Request = { abort: new AbortController(), credit: 0, resume: null };
      requests.set(frame.id, opened);
      void answer(frame.id, frame.name, frame.input, opened);
    } else if (request !== undefined && frame.t === 'credit') {
      request.credit += frame.n;
      request.resume?.();
    } else if (request !== undefined && frame.t === 'cancel') {
      stop(request);
    }
  }

  wire.onMessage((message) => {
    const frame = typeof message === 'string' ? decodeFrame(message) : null;
    if (frame === null) wire.close();
    else receive(frame);
  });
  wire.onClose(() => {
    for (const request of requests.values()) stop(request);
  });
}

function stop(request: Request): void {
  request.abort.abort();
  request.resume?.();
}

function parseInput(name: string, definition: Definition, input: unknown): unknown {
  const result = definition.input.safeParse(input);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const where = issue === undefined || issue.path.length === 0 ? '' : ` (${issue.path.join('.')})`;
  throw new FaultError('bad_input', name, `${issue?.message ?? 'The input does not fit'}${where}.`);
}
