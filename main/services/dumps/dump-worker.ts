import { parentPort, workerData } from 'node:worker_threads';
import type { DumpJob } from './dump-thread.ts';
import type { SearchJob } from './search-thread.ts';

/** The thread of an open dump, or of one search in it: each loads no more than it needs, for somebody waits. */
const port = parentPort;
const job = workerData as DumpJob | SearchJob;
if (port !== null && job.role === 'search') await (await import('./run-search.ts')).runSearch(job, port);
if (port !== null && job.role === 'dump') await (await import('./hold-dump.ts')).holdDump(job, port);
