import { randomUUID } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EntryDiff } from '../../contract/dump-entries.ts';
import { openDumpKinds } from '../../contract/dump-kinds.ts';
import type { shareDumpContract } from '../../contract/dump-sharing.ts';
import type { DumpStatus, openDumpContract } from '../../contract/dumps.ts';
import { FaultError } from '../../contract/faults.ts';
import { createClient } from '../../contract/rpc/client.ts';
import type { Client } from '../../contract/rpc/definition.ts';
import { serve } from '../../contract/rpc/server.ts';
import { wirePair } from '../../contract/rpc/wire.ts';
import { hostWords } from '../../domain/present/host-words.ts';
import { diffEntries } from '../dumps/diff-entries.ts';
import { indexVersion } from '../dumps/index-version.ts';
import { createIndexKeeper } from '../dumps/kept-index.ts';
import { beginDump } from '../dumps/open-dump.ts';
import { serveDump } from '../dumps/serve-dump.ts';
import { isArchive, unpackDump, unpackFolder } from '../dumps/unpack/unpack-dump.ts';
import { nameOf } from './dump-sources.ts';

type InspectContract = typeof openDumpContract & typeof shareDumpContract;

/** A dump that is looked into by one program alone: no console, no thread, nothing followed. */
export interface InspectedDump {
  /** What calls name it by. */
  readonly id: string;
  readonly client: Client<InspectContract>;
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
  const here = await unpackedAt(path, dataFolder);
  const isKept = dataFolder !== null && here.name === undefined;
  const keeper = isKept ? createIndexKeeper(join(dataFolder, 'dump-indexes'), indexVersion()) : undefined;
  const dump = await beginDump(here.path, { keeper, name: here.name }).catch(async (error) => {
    await here.remove();
    throw error;
  });
  const [ours, theirs] = wirePair();
  // The command line has checked its arguments; loading schemas would take longer than many an answer.
  serve<InspectContract>(openDumpKinds, serveDump(dump, Date.now), theirs);
  const client = createClient<InspectContract>(openDumpKinds, ours);
  const close = async () => {
    ours.close();
    await dump.close();
    await here.remove();
  };
  return { id, client, indexed: dump.indexed, status: dump.status, close };
}

interface Unpacked {
  readonly path: string;
  /** What it is called in its archive. */
  readonly name?: string;
  remove(): Promise<void>;
}

/** Where the dump lies: where it was named, or unpacked beside a console's, whose next start clears what a kill left. */
async function unpackedAt(path: string, dataFolder: string | null): Promise<Unpacked> {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile() || !(await isArchive(path))) return { path, remove: async () => {} };
  const into = join(dataFolder ?? tmpdir(), unpackFolder, randomUUID());
  const remove = () => rm(into, { recursive: true, force: true });
  const { dumps } = await unpackDump(path, { into, signal: new AbortController().signal, onProgress: () => {} });
  const [first, ...others] = dumps;
  if (first !== undefined && others.length === 0)
    return { path: first.path, name: nameOf(path, first.name, 1), remove };
  await remove();
  const names = dumps.map(({ name }) => hostWords(name)).join(', ');
  const message = `${path} holds ${dumps.length} dumps (${names}): unpack it, and name one of them.`;
  throw new FaultError('bad_input', 'open dump', message);
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
