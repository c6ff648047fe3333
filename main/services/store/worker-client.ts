import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { FaultError } from '../../contract/faults.ts';
import type { Call, Opened, Reply, StoreCalls, WorkerOptions } from './messages.ts';

type Answer<Name extends keyof StoreCalls> = Promise<Awaited<ReturnType<StoreCalls[Name]>>>;

export interface WorkerClient {
  /** One sentence where the file was damaged and another one was begun; else null. */
  readonly notice: string | null;
  call<Name extends keyof StoreCalls>(
    name: Name,
    args: Parameters<StoreCalls[Name]>,
    transfer?: ArrayBuffer[],
  ): Answer<Name>;
  /** Closes the database and waits for the thread's end. */
  close(): Promise<void>;
}

/** Beside this file under Node, beside the shell's own file when bundled. */
const workerFile = import.meta.url.endsWith('.ts') ? './store-worker.ts' : './store-worker.js';

/** Starts the thread and waits until the database is open. */
export async function startWorker(options: WorkerOptions): Promise<WorkerClient> {
  // The flags of the process (`--eval`, `--input-type`, …) are not for this file.
  const worker = new Worker(new URL(workerFile, import.meta.url), {
    ...{ workerData: options, name: 'store', execArgv: [] },
    // What passes through is small and gone at once.
    resourceLimits: { maxYoungGenerationSizeMb: 4 },
  });
  const waiting = new Map<number, { resolve(value: never): void; reject(error: unknown): void }>();
  let nextId = 0;
  let ended: FaultError | null = null;

  const expect = <Value>(id: number) =>
    new Promise<Value>((resolve, reject) => {
      if (ended === null) waiting.set(id, { resolve, reject });
      else reject(ended);
    });
  worker.on('message', (reply: Reply) => {
    const caller = waiting.get(reply.id);
    waiting.delete(reply.id);
    if ('fault' in reply) caller?.reject(new FaultError(reply.fault.code, reply.fault.step, reply.fault.message));
    else caller?.resolve(reply.value as never);
  });
  const end = (cause: unknown) => {
    ended ??= new FaultError('disconnected', 'store', 'The store is closed.', { cause });
    for (const caller of waiting.values()) caller.reject(ended);
    waiting.clear();
  };
  worker.on('error', end);
  const exited = once(worker, 'exit');
  exited.then(end, end);

  const { notice } = await expect<Opened>(nextId);
  return {
    notice,
    call: (name, args, transfer = []) => {
      const id = ++nextId;
      const answer = expect<never>(id);
      if (ended === null) worker.postMessage({ id, name, args } as Call, transfer);
      return answer;
    },
    close: async () => {
      if (ended !== null) return;
      worker.postMessage({ id: ++nextId, name: 'close', args: [] } satisfies Call);
      await exited.catch(() => {});
    },
  };
}
