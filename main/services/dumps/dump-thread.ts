import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { DumpStatus } from '../../contract/dumps.ts';
import { FaultError } from '../../contract/faults.ts';
import { createClient } from '../../contract/rpc/client.ts';
import type { Client } from '../../contract/rpc/definition.ts';
import { checkDump } from './open-logs.ts';
import { portWire } from './port-wire.ts';
import { type ThreadContract, threadKinds } from './thread-contract.ts';
import { workerFile } from './worker-file.ts';

/** What a thread that holds a dump is told first. */
export interface DumpJob {
  readonly path: string;
  /** What the dump is called; null: as its directory. */
  readonly name: string | null;
  /** Where its parts that are packed lie unpacked; null where there are none. */
  readonly unpackedIn: string | null;
  readonly indexes: { readonly folder: string; readonly version: string } | null;
}

/** A dump that a thread of its own holds open: gigabytes are read there, and nobody else waits. */
export interface DumpThread {
  readonly client: Client<ThreadContract>;
  close(): Promise<void>;
}

/** Begins a thread that is told later which dump it is for. */
export function startDumpThread(): Worker {
  return new Worker(workerFile, {
    workerData: { role: 'dump' },
    name: 'dump',
    execArgv: [],
  });
}

/**
 * Opens a dump in a thread, and waits for its first entry. Throws a `FaultError` as `openDump` does.
 * @param anyHostId what calls name the dump by; the thread has one only
 * @param begin where the thread comes from: a new one, or one that has begun already
 */
export async function openDumpThread(
  path: string,
  indexes: DumpJob['indexes'],
  anyHostId: string,
  { name, unpackedIn }: Pick<DumpJob, 'name' | 'unpackedIn'> = { name: null, unpackedIn: null },
  begin: () => Worker = startDumpThread,
): Promise<DumpThread> {
  // What cannot be opened is told by this thread: the other one has nobody to tell yet.
  await checkDump(path, 'open dump');
  const worker = begin();
  worker.postMessage({ path, name, unpackedIn, indexes } satisfies DumpJob);
  const exited = once(worker, 'exit');
  exited.catch(() => undefined);
  const wire = portWire(worker);
  const client = createClient<ThreadContract>(threadKinds, wire);
  const close = async () => {
    wire.close();
    await exited.catch(() => undefined);
  };
  try {
    for await (const status of client['dumps.status']({ hostId: anyHostId })) {
      if (status.phase === 'failed' && status.fault !== null) throw FaultError.of(status.fault);
      if (hasBegun(status)) return { client, close };
    }
    throw new FaultError('internal', 'open dump', `${path} could not be opened.`);
  } catch (error) {
    await close();
    throw error;
  }
}

function hasBegun({ phase, entries, samples }: DumpStatus): boolean {
  return phase === 'ready' || entries > 0 || samples > 0;
}
