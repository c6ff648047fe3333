import { setImmediate } from 'node:timers/promises';
import type { MessagePort } from 'node:worker_threads';
import { serve } from '../../contract/rpc/server.ts';
import type { DumpJob } from './dump-thread.ts';
import { createIndexKeeper } from './kept-index.ts';
import { beginDump } from './open-dump.ts';
import { portWire } from './port-wire.ts';
import { createRounds } from './read-rounds.ts';
import { replayGrowing } from './replay-growing.ts';
import { serveDump } from './serve-dump.ts';
import { serveInstants } from './serve-instants.ts';
import { serveProvenance } from './serve-provenance.ts';
import { type ThreadContract, threadKinds } from './thread-contract.ts';

/** What a thread that holds a dump does: it answers for it until the other side closes the wire. */
export async function holdDump({ path, name, unpackedIn, indexes }: DumpJob, port: MessagePort): Promise<void> {
  const keeper = indexes === null ? undefined : createIndexKeeper(indexes.folder, indexes.version);
  const wire = portWire(port);
  const options = { keeper, name: name ?? undefined, unpackedIn: unpackedIn ?? undefined };
  const dump = await beginDump(path, options).catch(() => null);
  if (dump === null) return port.close();
  dump.follow();
  const handlers = serveDump(dump, Date.now);
  const rounds = createRounds(dump);
  serve<ThreadContract>(
    threadKinds,
    {
      ...handlers,
      ...serveProvenance(dump, rounds),
      'dump.sampleAt': serveInstants(dump, rounds),
      'dump.replay': (_input, signal) => replayGrowing(dump, signal),
    },
    wire,
  );
  dump.indexed.then(
    () => warm(handlers, dump.closing),
    () => undefined,
  );
  wire.onClose(() => void dump.close().finally(() => port.close()));
}

const warmPages = 60;
const noHost = '00000000-0000-4000-8000-000000000000';

/**
 * The first pages that are asked for take some milliseconds each, because their code has never run. It runs when the
 * index is complete and nobody is likely to have scrolled, over the beginning, which is in memory.
 */
async function warm(handlers: ReturnType<typeof serveDump>, signal: AbortSignal): Promise<void> {
  for (let turn = 0; turn < warmPages && !signal.aborted; turn++) {
    const page = await handlers['dumps.page']({ hostId: noHost, filter: {}, from: turn, limit: 100 }, signal);
    JSON.stringify(page);
    await setImmediate();
  }
}
