import { appendFileSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { type DumpThread, openDumpThread } from '../main/services/dumps/dump-thread.ts';
import type { Made, Tell } from './dump.ts';
import { median, percentile } from './measure.ts';

const hostId = '00000000-0000-4000-8000-000000000000';
const runs = 5;
const openings = 20;
/** Longer than a thread takes to load, also on a busy machine. */
const begunMs = 1500;

/** The program that users run; not its source, which Node first has to strip of types. */
function builtThread(): Worker {
  const program = new URL('../out/main/dump-worker.js', import.meta.url);
  return new Worker(program, { workerData: { role: 'dump' }, execArgv: [] });
}

/** One that has loaded its program, as whoever looks for a dump has by the time that it is chosen. */
async function begunThread(): Promise<() => Worker> {
  const thread = builtThread();
  await sleep(begunMs);
  return () => thread;
}

/** How long it takes until a dump is there, and until what is asked of it is answered, over its thread. */
export async function lookingAround(big: Made, tell: Tell, folder: string): Promise<void> {
  const indexes = { folder, version: 'bench' };
  const open = (kept: typeof indexes | null, begin: () => Worker) =>
    openDumpThread(big.directory, kept, hostId, undefined, begin);
  const firstRows = async (begin: () => Worker) => {
    const begun = performance.now();
    const thread = await open(null, begin);
    await thread.client['dumps.page']({ hostId, filter: {}, from: 0, limit: 200 });
    const took = performance.now() - begun;
    await thread.close();
    return took;
  };
  const reopened = async (begin: () => Worker) => {
    const begun = performance.now();
    const thread = await open(indexes, begin);
    await ready(thread);
    const took = performance.now() - begun;
    await thread.close();
    return took;
  };
  const kept = await open(indexes, builtThread);
  await ready(kept);
  await kept.close();
  const times = { rows: [] as number[], warmRows: [] as number[], again: [] as number[], warmAgain: [] as number[] };
  for (let run = 0; run < openings; run++) {
    times.rows.push(await firstRows(builtThread));
    times.warmRows.push(await firstRows(await begunThread()));
    times.again.push(await reopened(builtThread));
    times.warmAgain.push(await reopened(await begunThread()));
  }
  tell('first 200 rows of 1 GiB, p95', percentile(times.rows, 95), 'ms', 150);
  tell('the same where dumps were looked at, p95', percentile(times.warmRows, 95), 'ms', 150);
  tell('reopen an unchanged 1 GiB', median(times.again), 'ms', 150);
  tell('the same where dumps were looked at', median(times.warmAgain), 'ms', 150);

  const thread = await openDumpThread(big.directory, indexes, hostId);
  await ready(thread);
  const { client } = thread;
  const p99 = async (ask: (n: number) => Promise<unknown>, times: number) => {
    const took: number[] = [];
    for (let n = 0; n < times; n++) {
      const begun = performance.now();
      await ask((n * 7919) % big.made.entries);
      took.push(performance.now() - begun);
    }
    return percentile(took, 99);
  };
  const page = (from: number, limit: number) => client['dumps.page']({ hostId, filter: {}, from, limit });
  tell('an entry, p99', await p99((n) => page(n, 1), 500), 'ms', 1);
  tell('a page of 100, p99', await p99((n) => page(n, 100), 300), 'ms', 2);
  const { first = 0, last = 0 } = await statusOf(thread);
  const at = (n: number) => (first ?? 0) + (((last ?? 0) - (first ?? 0)) * n) / big.made.entries;
  tell(
    'an instant, p99',
    await p99((n) => client['dumps.locate']({ hostId, filter: {}, place: { at: at(n) } }), 500),
    'ms',
    1,
  );
  const took = async (work: () => Promise<unknown>) => {
    const begun = performance.now();
    await work();
    return performance.now() - begun;
  };
  tell('statistics of all commands', await took(() => client['dumps.commands']({ hostId, filter: {} })), 'ms', 150);
  tell(
    'a timeline of 300 steps',
    await took(() => client['dumps.timeline']({ hostId, filter: {}, steps: 300 })),
    'ms',
    150,
  );
  tell(
    'failures among all',
    await took(() => client['dumps.page']({ hostId, filter: { marks: ['failed'] }, from: 0, limit: 200 })),
    'ms',
    150,
  );

  await cancelling(thread, tell);
  await appending(big, thread, tell);
  await thread.close();
}

async function cancelling({ client }: DumpThread, tell: Tell): Promise<void> {
  const took: number[] = [];
  const firstHits: number[] = [];
  for (let run = 0; run < runs; run++) {
    const abort = new AbortController();
    const begun = performance.now();
    let left = 0;
    const request = { hostId, pattern: 'DEGRADED', regex: false, matchCase: true };
    try {
      for await (const { hits } of client['dumps.search'](request, abort.signal)) {
        if (hits === 0 || abort.signal.aborted) continue;
        firstHits.push(performance.now() - begun);
        left = performance.now();
        abort.abort();
      }
    } catch {
      took.push(performance.now() - left);
    }
    await client['dumps.page']({ hostId, filter: {}, from: 0, limit: 1 });
  }
  tell('first hit of a search', median(firstHits), 'ms', 100);
  tell('a search is left, longest', Math.max(...took), 'ms', 50);
}

async function appending(big: Made, thread: DumpThread, tell: Tell): Promise<void> {
  const { entries } = await statusOf(thread);
  const more = readFileSync(big.log).subarray(0, 10 << 20);
  const cut = more.lastIndexOf('\n===== ');
  const begun = performance.now();
  // The last entry was cut; what is appended begins with a head of its own all the same.
  appendFileSync(big.log, Buffer.concat([Buffer.from('\n\n'), more.subarray(0, cut + 1)]));
  for await (const status of thread.client['dumps.status']({ hostId })) {
    if (status.entries > entries && status.readBytes === status.bytes) break;
  }
  tell('10 MiB that were appended are seen', performance.now() - begun, 'ms', 1000);
}

async function ready(thread: DumpThread): Promise<void> {
  for await (const { phase } of thread.client['dumps.status']({ hostId })) if (phase === 'ready') return;
}

async function statusOf(thread: DumpThread) {
  for await (const status of thread.client['dumps.status']({ hostId })) return status;
  throw new Error('The dump was closed.');
}
