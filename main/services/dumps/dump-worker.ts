import { parentPort, workerData } from 'node:worker_threads';
import type { DumpJob } from './dump-thread.ts';
import type { SearchJob } from './search-thread.ts';

/** The thread of an open dump, or of one search in it: each loads no more than it needs, for somebody waits. */
const port = parentPort;
const job = workerData as { role: 'dump' } | SearchJob;
if (port !== null && job.role === 'search') await (await import('./run-search.ts')).runSearch(job, port);
if (port !== null && job.role === 'dump') {
  const { holdDump } = await import('./hold-dump.ts');
  // Which dump comes when all of that is loaded: the thread may have been begun before anybody has chosen one.
  port.once('message', (dump: DumpJob) => void holdDump(dump, port));
}
