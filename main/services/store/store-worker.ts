import { parentPort, workerData } from 'node:worker_threads';
import { toFault } from '../../contract/faults.ts';
import { openWhole } from './damaged-file.ts';
import type { Call, Opened, Reply, StoreCalls, WorkerOptions } from './messages.ts';
import { Pauses } from './pauses.ts';
import { serveStore } from './serve-store.ts';

/** The thread that owns the database. It answers one call after the other, and seals blocks in between. */

const pauses = new Pauses();

async function answer(calls: StoreCalls, { id, name, args }: Call): Promise<Reply> {
  try {
    const method = calls[name] as (...given: typeof args) => unknown;
    return { id, value: await pauses.timed(() => method(...args)) };
  } catch (error) {
    return { id, fault: toFault(error, 'store') };
  }
}

const port = parentPort;
if (port !== null) {
  try {
    const { path, retention, damaged } = workerData as WorkerOptions;
    const { served: calls, notice } = openWhole(path, (database) => serveStore(database, retention, pauses), {
      now: Date.now(),
      known: damaged,
    });
    port.on('message', async (call: Call) => {
      port.postMessage(await answer(calls, call));
      if (call.name === 'close') port.close();
    });
    const opened: Opened = { notice };
    port.postMessage({ id: 0, value: opened } satisfies Reply);
  } catch (error) {
    port.postMessage({ id: 0, fault: toFault(error, 'open store') } satisfies Reply);
    port.close();
  }
}
