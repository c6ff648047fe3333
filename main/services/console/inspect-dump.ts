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
import { dumpFilesOf } from '../dumps/dump-files.ts';
import { indexVersion } from '../dumps/index-version.ts';
import { createIndexKeeper } from '../dumps/kept-index.ts';
import { beginDump } from '../dumps/open-dump.ts';
import { serveDump } from '../dumps/serve-dump.ts';
import type { OnProgress } from '../dumps/unpack/unpack-cache.ts';
import { isArchive, unpackDump, unpackFolder } from '../dumps/unpack/unpack-dump.ts';
import { unpackParts } from '../dumps/unpack/unpack-parts.ts';
import { isPart, nameOf } from './dump-sources.ts';

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

export interface InspectOptions {
  /** Where an index is kept from one time to the next; null: each reads the files. */
  readonly dataFolder: string | null;
  /** Ends the unpacking of what is packed, and leaves nothing of it. */
  readonly signal: AbortSignal;
  /** How far it is unpacked. */
  readonly onUnpacking: OnProgress;
}

/** Opens a dump. Throws a `FaultError` where it is none, or cannot be read. */
export async function inspectDump(path: string, options: InspectOptions): Promise<InspectedDump> {
  const { dataFolder } = options;
  const here = await unpackedAt(path, options);
  const isKept = dataFolder !== null && here.name === undefined;
  const keeper = isKept ? createIndexKeeper(join(dataFolder, 'dump-indexes'), indexVersion()) : undefined;
  const dump = await beginDump(here.path, { keeper, name: here.name, unpackedIn: here.unpackedIn }).catch(
    async (error) => {
      await here.remove();
      throw error;
    },
  );
  const [ours, theirs] = wirePair();
  // The command line has checked its arguments; loading schemas would take longer than many an answer.
  serve<InspectContract>(openDumpKinds, serveDump(dump, Date.now), theirs);
  const client = createClient<InspectContract>(openDumpKinds, ours);
  const close = async () => {
    ours.close();
    await dump.close();
    await here.remove();
  };
  const status = (): DumpStatus => {
    const told = dump.status();
    return { ...told, notes: [...here.notes, ...told.notes] };
  };
  return { id, client, indexed: dump.indexed, status, close };
}

interface Unpacked {
  readonly path: string;
  /** What it is called in its archive. */
  readonly name?: string;
  readonly unpackedIn?: string;
  /** What was damaged or left out, in sentences. */
  readonly notes: readonly string[];
  remove(): Promise<void>;
}

/** Where the dump lies: where it was named, or unpacked beside a console's, whose next start clears what a kill left. */
async function unpackedAt(path: string, { dataFolder, signal, onUnpacking }: InspectOptions): Promise<Unpacked> {
  const found = await stat(path).catch(() => null);
  const into = join(dataFolder ?? tmpdir(), unpackFolder, randomUUID());
  const remove = () => rm(into, { recursive: true, force: true });
  const options = { into, signal, onProgress: onUnpacking };
  if (!found?.isFile() || isPart(path) || !(await isArchive(path))) {
    const packed = await dumpFilesOf(path, 'open dump').then(
      (files) => files.packed,
      () => [],
    );
    if (packed.length === 0) return { path, notes: [], remove: async () => {} };
    return { path, unpackedIn: into, notes: await unpackParts(packed, options), remove };
  }
  const { dumps, notes } = await unpackDump(path, options);
  const [first, ...others] = dumps;
  if (first !== undefined && others.length === 0)
    return { path: first.path, name: nameOf(path, first.name, 1), notes, remove };
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
