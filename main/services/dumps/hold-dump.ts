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
  wire.onClose(() => void dump.close().finally(() => port.close()));
}
