import { join } from 'node:path';
import { type DumpStatus, type EntryDiff, openDumpContract } from '../../contract/dumps.ts';
import { createClient } from '../../contract/rpc/client.ts';
import type { Client } from '../../contract/rpc/definition.ts';
import { serve } from '../../contract/rpc/server.ts';
import { wirePair } from '../../contract/rpc/wire.ts';
import { diffEntries } from '../dumps/diff-entries.ts';
import { indexVersion } from '../dumps/index-version.ts';
import { createIndexKeeper } from '../dumps/kept-index.ts';
import { beginDump } from '../dumps/open-dump.ts';
import { serveDump } from '../dumps/serve-dump.ts';

/** A dump that is looked into by one program alone: no console, no thread, nothing followed. */
export interface InspectedDump {
  /** What calls name it by. */
  readonly id: string;
  readonly client: Client<typeof openDumpContract>;
  /** Resolves when it is indexed; rejects with a `FaultError` where it cannot be. */
  readonly indexed: Promise<void>;
  status(): DumpStatus;
  close(): Promise<void>;
}

/** The one dump that a call can mean. */
const id = '00000000-0000-4000-8000-000000000000';

/**
 * Opens a dump. Throws a `FaultError` where it is none, or cannot be read.
 * @param dataFolder where an index is kept from one time to the next; null: each reads the files
 */
export async function inspectDump(path: string, dataFolder: string | null): Promise<InspectedDump> {
  const keeper = dataFolder === null ? undefined : createIndexKeeper(join(dataFolder, 'dump-indexes'), indexVersion());
  const dump = await beginDump(path, { keeper });
  const [ours, theirs] = wirePair();
  serve(openDumpContract, serveDump(dump, Date.now), theirs);
  const client = createClient<typeof openDumpContract>(openDumpContract, ours);
  const close = async () => {
    ours.close();
    await dump.close();
  };
  return { id, client, indexed: dump.indexed, status: dump.status, close };
}

/** Two runs, of one dump or of two. */
export function diffInspected(
  left: { dump: InspectedDump; position: number },
  right: { dump: InspectedDump; position: number },
  signal: AbortSignal,
): Promise<EntryDiff> {
  return diffEntries(
    { client: left.dump.client, ref: { hostId: id, position: left.position } },
    { client: right.dump.client, ref: { hostId: id, position: right.position } },
    signal,
  );
}
