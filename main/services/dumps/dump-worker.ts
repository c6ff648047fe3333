import { parentPort, workerData } from 'node:worker_threads';
import { serve } from '../../contract/rpc/server.ts';
import { createIndexKeeper } from './kept-index.ts';
import { beginDump } from './open-dump.ts';
import { portWire } from './port-wire.ts';
import { replayGrowing } from './replay-growing.ts';
import { runSearch, type SearchJob } from './search-thread.ts';
import { serveDump } from './serve-dump.ts';
import { threadContract } from './thread-contract.ts';

/** What a thread that holds a dump is told when it begins. */
export interface DumpJob {
  readonly role: 'dump';
  readonly path: string;
  readonly indexes: { readonly folder: string; readonly version: string } | null;
}

/** The thread of an open dump, or of one search in it. */
const port = parentPort;
const job = workerData as DumpJob | SearchJob;
if (port !== null && job.role === 'search') {
  await runSearch(job, port);
} else if (port !== null && job.role === 'dump') {
  const { path, indexes } = job;
  const keeper = indexes === null ? undefined : createIndexKeeper(indexes.folder, indexes.version);
  const opening = beginDump(path, { keeper });
  opening.catch(() => undefined);
  const wire = portWire(port);
  const dump = await opening.catch(() => null);
  if (dump === null) {
    port.close();
  } else {
    dump.follow();
    serve(
      threadContract,
      { ...serveDump(dump, Date.now), 'dump.replay': (_input, signal) => replayGrowing(dump, signal) },
      wire,
    );
    wire.onClose(() => void dump.close().finally(() => port.close()));
  }
}
