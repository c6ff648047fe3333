import { FaultError } from '../../contract/faults.ts';
import type { Collector } from '../../domain/collect/collector.ts';
import { createFraming, type FrameEvent } from '../../domain/collect/framing.ts';
import { compileProgram } from '../../domain/collect/program/compile-program.ts';
import type { Transport } from '../../domain/collect/transport.ts';
import { createExcerpt } from './excerpt.ts';

const readyMs = 15_000;

/** The program on a host after it said that it is ready. */
export interface RunningProgram {
  write(line: string): void;
  close(): void;
}

export interface ProgramOptions {
  readonly transport: Transport;
  readonly boundary: string;
  /** Say what is read before it is read. */
  readonly careful: boolean;
  readonly collectors: readonly Collector[];
  readonly signal: AbortSignal;
  now(): number;
  onEvent(event: FrameEvent): void;
  /** Once, after it was ready: it broke or ended by itself. Not called after `close`. */
  onEnd(fault: FaultError): void;
}

/**
 * Sends the program and waits until it is ready. Throws a `FaultError` of the step `program`: `timeout`, `bad_output`
 * when what answered is no POSIX shell or has no awk, `disconnected`, `cancelled`.
 */
export async function startProgram(options: ProgramOptions): Promise<RunningProgram> {
  const { transport, boundary, careful, collectors, signal, now } = options;
  const channel = await transport.start(signal);
  const framing = createFraming(boundary, collectors);
  const excerpt = createExcerpt();
  const said = () => (excerpt.text() === '' ? 'It said nothing.' : `It said: ${excerpt.text()}`);

  return new Promise<RunningProgram>((resolve, reject) => {
    let state: 'starting' | 'ready' | 'over' = 'starting';

    function finish(fault: FaultError): void {
      if (state === 'over') return;
      const wasReady = state === 'ready';
      quit();
      if (wasReady) options.onEnd(fault);
      else reject(fault);
    }

    function quit(): void {
      state = 'over';
      clearTimeout(deadline);
      signal.removeEventListener('abort', onAbort);
      channel.close();
    }

    const onAbort = () => finish(new FaultError('cancelled', 'program', 'Cancelled.'));
    const deadline = setTimeout(() => {
      const message = `The host's shell did not run our program within ${readyMs / 1000} s. ${said()}`;
      finish(new FaultError('timeout', 'program', message));
    }, readyMs);

    function take(event: FrameEvent): void {
      if (event.type === 'noise') excerpt.add(event.bytes);
      else if (event.type === 'broken') finish(new FaultError('bad_output', 'program', event.reason));
      else if (event.type !== 'ready') options.onEvent(event);
      else if (state === 'starting') {
        state = 'ready';
        clearTimeout(deadline);
        signal.removeEventListener('abort', onAbort);
        resolve({ write: (line) => channel.write(line), close: quit });
      }
    }

    channel.onData((chunk) => {
      if (state === 'over') return;
      try {
        for (const event of framing.feed(chunk, now())) {
          take(event);
          // What a listener ends ends here: a flood stops with the chunk that it came in.
          if ((state as string) === 'over') return;
        }
      } catch (cause) {
        const message = `This is a fault in Rackside itself: ${cause instanceof Error ? cause.message : cause}`;
        finish(new FaultError('internal', 'program', message, { cause }));
      }
    });
    channel.onError((chunk) => excerpt.add(chunk));
    channel.onClose((exit) => finish(endFault(exit, state === 'ready', said())));
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) onAbort();
    else channel.write(compileProgram(collectors, boundary, careful));
  });
}

function endFault(exit: number | null, wasReady: boolean, said: string): FaultError {
  if (exit === null) return new FaultError('disconnected', 'program', `The connection to the host ended. ${said}`);
  if (wasReady) return new FaultError('disconnected', 'program', `Our program ended with exit ${exit}. ${said}`);
  const message = `The host's shell ended with exit ${exit} instead of running our program: a POSIX sh is needed. ${said}`;
  return new FaultError('bad_output', 'program', message);
}
