import { FaultError, toFault } from '../faults.ts';
import type { Contract, Definition, Handlers, Kinds } from './definition.ts';
import { decodeFrame, encodeBytes, encodeFrame, type Frame } from './frames.ts';
import type { Wire } from './wire.ts';

interface Request {
  readonly abort: AbortController;
  credit: number;
  /** Set while a stream waits for credit. */
  resume: (() => void) | null;
  /** Set while a stream waits for its next item. */
  leave: (() => void) | null;
}

type Kind = Pick<Definition, 'kind'> & { readonly input?: never };
type Handler = (input: unknown, signal: AbortSignal) => unknown;

/** More handlers at work than any honest page asks for at once, those counted that were cancelled and linger. */
const maxRunning = 4096;

/** More credit than any honest reader grants: its window is a handful. */
const maxCredit = 1024;

/**
 * Answers the contract over a wire until the wire closes; then everything that it was doing is aborted. Given only the
 * kinds, it takes what is asked as it is: for a thread whose other side has checked it.
 */
export function serve<C extends Contract>(contract: C | Kinds<C>, handlers: Handlers<C>, wire: Wire): void {
  const definitions: Readonly<Record<string, Definition | Kind>> = contract;
  const requests = new Map<number, Request>();
  let running = 0;

  async function answer(id: number, name: string, input: unknown, request: Request): Promise<void> {
    running += 1;
    try {
      if (running > maxRunning) throw new FaultError('busy', name, 'Too many requests are open at once.');
      const definition = Object.hasOwn(definitions, name) ? definitions[name] : undefined;
      if (definition === undefined) throw new FaultError('bad_input', 'wire', `There is no call named ${name}.`);
      const handler = handlers[name] as Handler;
      const checked = definition.input !== undefined ? parseInput(name, definition, input) : input;
      const answered = handler(checked, request.abort.signal);
      if (definition.kind === 'call') {
        finish(id, request, { t: 'answer', id, value: await answered });
      } else {
        await pump(id, definition.kind, answered as AsyncIterable<unknown>, request);
        finish(id, request, { t: 'end', id });
      }
    } catch (error) {
      finish(id, request, { t: 'fault', id, fault: toFault(error, name) });
    } finally {
      running -= 1;
    }
  }

  /** Says how the request ended, unless it was cancelled meanwhile: then nobody listens any more. */
  function finish(id: number, request: Request, frame: Frame): void {
    if (requests.get(id) !== request) return;
    const message = encodeFrame(frame);
    requests.delete(id);
    wire.send(message);
  }

  /** Takes the next item only when there is credit for it: an iterator that is not asked does no work. */
  async function pump(
    id: number,
    kind: Definition['kind'],
    items: AsyncIterable<unknown>,
    request: Request,
  ): Promise<void> {
    const iterator = items[Symbol.asyncIterator]();
    const { signal } = request.abort;
    try {
      while (!signal.aborted) {
        if (request.credit === 0) {
          await new Promise<void>((resolve) => {
            request.resume = resolve;
          });
          request.resume = null;
          continue;
        }
        const next = await nextUnlessLeft(iterator, request);
        if (next === null || next.done === true || signal.aborted) return;
        request.credit -= 1;
        wire.send(
          kind === 'bytes'
            ? encodeBytes(id, next.value as Uint8Array)
            : encodeFrame({ t: 'item', id, value: next.value }),
        );
      }
    } finally {
      void dismiss(iterator);
    }
  }

  function receive(frame: Frame): boolean {
    const request = requests.get(frame.id);
    if (frame.t === 'ask') {
      if (request !== undefined) return false;
      const opened: Request = { abort: new AbortController(), credit: 0, resume: null, leave: null };
      requests.set(frame.id, opened);
      void answer(frame.id, frame.name, frame.input, opened);
    } else if (frame.t === 'credit') {
      if (request === undefined) return true;
      request.credit = Math.min(request.credit + frame.n, maxCredit);
      request.resume?.();
    } else if (frame.t === 'cancel') {
      requests.delete(frame.id);
      if (request !== undefined) stop(request);
    } else {
      return false;
    }
    return true;
  }

  wire.onMessage((message) => {
    // Nothing of the contract is asked in binary yet.
    const frame = typeof message === 'string' ? decodeFrame(message) : null;
    if (frame === null || !receive(frame)) wire.close();
  });
  wire.onClose(() => {
    const open = [...requests.values()];
    requests.clear();
    for (const request of open) stop(request);
  });
}

function stop(request: Request): void {
  request.abort.abort();
  request.resume?.();
  request.leave?.();
}

/** The iterator's next result, or null as soon as the reader has left, whatever the iterator is waiting for. */
function nextUnlessLeft(
  iterator: AsyncIterator<unknown>,
  request: Request,
): Promise<IteratorResult<unknown, unknown> | null> {
  return new Promise((resolve, reject) => {
    request.leave = () => resolve(null);
    iterator.next().then(resolve, reject);
  });
}

/** A generator that is waiting runs its `finally` only when its wait ends: its signal ends that, nobody waits here. */
async function dismiss(iterator: AsyncIterator<unknown>): Promise<void> {
  try {
    await iterator.return?.();
  } catch {
    // Its reader has gone: there is nobody to tell.
  }
}

function parseInput(name: string, definition: Definition, input: unknown): unknown {
  const result = definition.input.safeParse(input);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const where = issue === undefined || issue.path.length === 0 ? '' : ` (${issue.path.join('.')})`;
  throw new FaultError('bad_input', name, `${issue?.message ?? 'The input does not fit'}${where}.`);
}
