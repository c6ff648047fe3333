import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { DumpPull, dumpsOnHostsContract } from '../../contract/dumps-on-hosts.ts';
import { FaultError } from '../../contract/faults.ts';
import type { Handlers } from '../../contract/rpc/definition.ts';
import { createLatest } from '../../contract/rpc/latest.ts';
import { partOfDirectory } from '../../domain/dump/part-names.ts';
import { formatBytes } from '../../domain/present/units.ts';
import { findOnHost } from '../dumps/remote/find-on-host.ts';
import { partsOnHost } from '../dumps/remote/parts-on-host.ts';
import { openRemoteDump, type RemoteDump, type RemoteReach } from '../dumps/remote/remote-dump.ts';
import { openFiles } from '../files/open-files.ts';
import { sha256There } from '../files/pull-file.ts';
import type { FleetService } from '../fleet/fleet-service.ts';
import type { ReplayedDump, Replays } from '../replays/replays.ts';
import type { DumpSources } from './dump-sources.ts';

interface OpenRemote {
  readonly dump: RemoteDump;
  /** Resolves when all of it is here. */
  readonly whole: Promise<void>;
  readonly isWhole: boolean;
  setWhole(): void;
}

const never = new AbortController().signal;
/** How many samples before one are looked through for the one of the same kind. */
const samplesBefore = 200;

/** Dumps that are opened where they lie on hosts. The folder is their own, and emptied when it begins. */
export async function remoteDumpHandlers(options: {
  fleet: FleetService;
  replays: Replays;
  sources: DumpSources;
  folder: string;
}): Promise<Handlers<typeof dumpsOnHostsContract>> {
  const { fleet, replays, sources, folder } = options;
  const remotes = new Map<string, OpenRemote>();
  await rm(folder, { recursive: true, force: true });

  function reachOf(hostId: string): RemoteReach {
    const transport = () => fleet.reach(hostId).transport;
    return {
      transport,
      withFiles: async (signal, use) => {
        const files = await openFiles(transport(), signal);
        try {
          return await use(files);
        } finally {
          files.close();
        }
      },
      sha256: (path, size, signal) => sha256There({ transport: transport(), path, signal }, size),
    };
  }

  return {
    'dumps.findOnHost': ({ hostId, directories }, signal) =>
      findOnHost(fleet.reach(hostId).transport, directories, signal),
    'dumps.filesOnHost': ({ hostId, path }, signal) =>
      reachOf(hostId).withFiles(signal, async (files) => {
        const parts = await partsOnHost(files, path);
        return {
          files: parts.map(({ path: at, size, to }) => ({
            ...{ path: at, size, name: basename(to), part: partOfDirectory(dirname(to)).number },
          })),
        };
      }),
    'dumps.openOnHost': async ({ hostId, path }, signal) => {
      const { name } = fleet.reach(hostId);
      const dump = await openRemoteDump(reachOf(hostId), path, join(folder, randomUUID()), signal);
      const remote = openRemote(dump);
      sources.add(dump.directory, {
        name: `${basename(path)} on ${name}`,
        shownAs: `${name}:${path}`,
        notes: () => notesOf(remote, name),
        onHost: () => (remote.isWhole ? null : { bytes: dump.size, hereBytes: dump.present }),
        wrap: (opened) => asItComes(opened, remote),
        close: async () => {
          for (const [id, one] of remotes) if (one === remote) remotes.delete(id);
          await dump.close();
        },
      });
      const host = await replays.open(dump.directory);
      remotes.set(host.id, remote);
      return host;
    },
    'dumps.pull': async function* ({ hostId }, signal) {
      const remote = remotes.get(hostId);
      if (remote === undefined) throw new FaultError('not_found', 'pull', 'This is no dump that lies on a host.');
      const progress = createLatest<DumpPull>();
      const left = new AbortController();
      const pulling = remote.dump
        .pull(AbortSignal.any([signal, left.signal]), progress.set)
        .then(remote.setWhole)
        .finally(progress.end);
      pulling.catch(() => undefined);
      try {
        yield* progress.watch(signal);
        await pulling;
      } finally {
        left.abort();
      }
    },
  };
}

function openRemote(dump: RemoteDump): OpenRemote {
  const ending = Promise.withResolvers<void>();
  let isWhole = false;
  const setWhole = (): void => {
    isWhole = true;
    ending.resolve();
  };
  // A small one came whole.
  if (dump.present === dump.size) setWhole();
  return {
    dump,
    whole: ending.promise,
    setWhole,
    get isWhole() {
      return isWhole;
    },
  };
}

function notesOf({ dump, isWhole }: OpenRemote, name: string): string[] {
  if (isWhole) return [];
  const here = `${formatBytes(dump.present)} of ${formatBytes(dump.size)} are here`;
  return [
    `This dump lies on ${name}, and ${here}: outputs come when they are looked at; gauges and search need all of it.`,
    ...dump.notes,
  ];
}

/** The dump as far as it is here: what is looked at comes first, and what needs all of it says so. */
function asItComes(opened: ReplayedDump, remote: OpenRemote): ReplayedDump {
  const { client } = opened;
  const refusal = () =>
    new FaultError(
      'bad_input',
      'dump on a host',
      'This needs all of the dump, which lies on a host: take it to this machine first.',
    );
  const call =
    <Input, Output>(ask: (input: Input, signal?: AbortSignal) => Promise<Output>) =>
    (input: Input, signal?: AbortSignal) =>
      remote.isWhole ? ask(input, signal) : Promise.reject(refusal());
  const stream = <Input, Item>(ask: (input: Input, signal?: AbortSignal) => AsyncIterable<Item>) =>
    async function* (input: Input, signal?: AbortSignal): AsyncGenerator<Item> {
      if (!remote.isWhole) throw refusal();
      yield* ask(input, signal);
    };

  return {
    close: opened.close,
    sampleAt: call(opened.sampleAt),
    replay: async function* (signal) {
      if (!remote.isWhole) {
        const closed = new Promise<void>((resolve) =>
          signal.addEventListener('abort', () => resolve(), { once: true }),
        );
        await Promise.race([remote.whole, closed]);
        if (signal.aborted) return;
      }
      yield* opened.replay(signal);
    },
    client: {
      ...client,
      'dumps.bytes': async function* (input, signal) {
        await remote.dump.ensure('commands.log', input.offset, input.offset + input.length, signal ?? never);
        yield* client['dumps.bytes'](input, signal);
      },
      'dumps.sample': async (input, signal) => {
        const found = await client['dumps.sample'](input, signal);
        if (found === null || remote.isWhole) return found;
        const { position, kind } = found.head;
        const from = Math.max(0, position - samplesBefore);
        const { samples } = await client['dumps.samples'](
          { hostId: input.hostId, from, limit: position - from },
          signal,
        );
        const previous = samples.findLast((one) => one.kind === kind);
        for (const { offset, size } of [found.head, ...(previous === undefined ? [] : [previous])]) {
          await remote.dump.ensure('samples.log', offset, offset + size, signal ?? never);
        }
        const whole = await client['dumps.sample']({ hostId: input.hostId, place: { position } }, signal);
        // One that is further back than that has not come.
        return whole === null || previous !== undefined ? whole : { ...whole, previous: null };
      },
      'dumps.search': stream(client['dumps.search']),
      'dumps.differences': call(client['dumps.differences']),
      'dumps.redaction': call(client['dumps.redaction']),
      'dumps.slice': stream(client['dumps.slice']),
      'dumps.report': call(client['dumps.report']),
    },
  };
}
