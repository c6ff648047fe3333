import { Worker } from 'node:worker_threads';
import { type Fault, FaultError } from '../../contract/faults.ts';
import type { PartPlace } from './log-file.ts';
import type { Matches, Pattern, Stretch } from './search-bytes.ts';
import { workerFile } from './worker-file.ts';

/** What a thread that searches is told when it begins. */
export interface SearchJob {
  readonly role: 'search';
  readonly parts: readonly PartPlace[];
  readonly pattern: Pattern;
  readonly stretch: Stretch;
}

export type SearchMessage = { readonly matches: Matches } | { readonly fault: Fault } | { readonly done: true };

/** A thread that does not end by itself within this is inside an expression, and ended by force. */
const patienceMs = 1000;

/**
 * Searches in a thread of its own, so that an expression that takes longer than anybody lives can be left: when the
 * signal aborts, it rejects at once, whatever the thread does. Calls `onMatches` for each stretch, in order.
 */
export function searchInThread(
  job: SearchJob,
  onMatches: (matches: Matches) => void,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerFile, { workerData: job, name: 'search', execArgv: [] });
    const settle = (how: () => void) => {
      signal.removeEventListener('abort', abort);
      how();
    };
    const abort = () => {
      worker.postMessage('stop');
      const force = setTimeout(() => void worker.terminate(), patienceMs);
      worker.on('exit', () => clearTimeout(force));
      settle(() => reject(new FaultError('cancelled', 'search', 'The search was left.')));
    };
    worker.on('message', (message: SearchMessage) => {
      if (signal.aborted) return;
      if ('matches' in message) onMatches(message.matches);
      else if ('fault' in message) settle(() => reject(FaultError.of(message.fault)));
      else settle(resolve);
    });
    worker.on('error', (error) => settle(() => reject(error)));
    signal.addEventListener('abort', abort);
    if (signal.aborted) abort();
  });
}
