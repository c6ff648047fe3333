import { randomUUID } from 'node:crypto';
import { basename, resolve } from 'node:path';
import type { Entry } from '../../contract/console.ts';
import { FaultError } from '../../contract/faults.ts';
import type {
  Extent,
  Live,
  ProcessesAt,
  ProcessHistory,
  ProcessHistoryRequest,
  Seek,
  Series,
  SeriesRequest,
} from '../../contract/history.ts';
import type { Host, HostView } from '../../contract/hosts.ts';
import { createLatest, type Latest } from '../../contract/rpc/latest.ts';
import type { Sample } from '../../contract/samples.ts';
import { glanceOf } from '../../domain/present/glance.ts';

/** What a replay needs of an opened dump. */
export interface ReplayedDump {
  /** What is damaged or missing, in sentences. */
  readonly notes: readonly string[];
  entries(from: number, to: number, limit: number): Promise<{ entries: Entry[]; more: boolean }>;
  bytes(offset: number, length: number): AsyncIterable<Uint8Array>;
  replay(): AsyncIterable<Sample>;
  close(): Promise<void>;
}

/** What answers questions about the past: the console's own store, or the one that a dump was replayed into. */
export interface History {
  append(hostId: string, samples: readonly Sample[]): void;
  flush(): Promise<void>;
  series(request: SeriesRequest): Promise<Series>;
  processesAt(hostId: string, at: number, seek?: Seek): Promise<ProcessesAt | null>;
  process(request: ProcessHistoryRequest): Promise<ProcessHistory>;
  extent(hostId: string): Promise<Extent>;
  close(): Promise<void>;
}

interface Replay {
  readonly path: string;
  readonly host: Host;
  readonly dump: ReplayedDump;
  readonly history: History;
  readonly view: HostView;
  readonly live: Latest<Live>;
}

/** Dumps that were opened as hosts. Each is replayed into a store of its own, which is gone when it is closed. */
export interface Replays {
  open(path: string): Promise<Host>;
  views(): HostView[];
  has(hostId: string): boolean;
  /** Its newest samples, once; ends when it is closed. */
  live(hostId: string, signal: AbortSignal): AsyncIterable<Live>;
  /** Throws `not_found` for a host that is not an opened dump. */
  find(hostId: string): { dump: ReplayedDump; history: History };
  close(hostId: string): Promise<void>;
  closeAll(): Promise<void>;
}

/** How many samples are handed to the store at once: enough to be quick, little enough to leave others their turn. */
const batch = 200;

export function createReplays(options: {
  openDump(path: string): Promise<ReplayedDump>;
  openHistory(): Promise<History>;
  now(): number;
  onChange(): void;
}): Replays {
  const replays = new Map<string, Replay>();
  /** Dumps that are open or being opened, by their path. */
  const opening = new Map<string, Promise<Host>>();

  /** The same dump is one host, however often and however its path is written. */
  function open(path: string): Promise<Host> {
    const resolved = resolve(path);
    const opened = opening.get(resolved) ?? load(resolved);
    opening.set(resolved, opened);
    opened.catch(() => opening.delete(resolved));
    return opened;
  }

  async function load(path: string): Promise<Host> {
    const dump = await options.openDump(path);
    const history = await options.openHistory();
    const host: Host = {
      id: randomUUID(),
      name: basename(path),
      target: { transport: 'replay', path },
      group: null,
      tags: [],
      addedAt: options.now(),
    };
    try {
      const newest = await replayInto(history, host.id, dump);
      const view: HostView = {
        host,
        connection: { state: 'replay', since: options.now(), notes: [...dump.notes] },
        recording: null,
        ring: null,
        glance: glanceOf(newest.fast),
        cadenceSeconds: newest.cadenceSeconds,
      };
      const live = createLatest<Live>();
      live.set({ now: options.now(), fast: newest.fast, medium: newest.medium });
      replays.set(host.id, { path, host, dump, history, view, live });
    } catch (error) {
      await Promise.all([dump.close(), history.close()]);
      throw error;
    }
    options.onChange();
    return host;
  }

  function get(hostId: string): Replay {
    const replay = replays.get(hostId);
    if (replay === undefined) throw new FaultError('not_found', 'replay', 'This dump is not open any more.');
    return replay;
  }

  async function close(hostId: string): Promise<void> {
    const replay = get(hostId);
    replays.delete(hostId);
    opening.delete(replay.path);
    replay.live.end();
    options.onChange();
    await Promise.all([replay.dump.close(), replay.history.close()]);
  }

  return {
    open,
    views: () => [...replays.values()].map(({ view }) => view),
    has: (hostId) => replays.has(hostId),
    live: (hostId, signal) => get(hostId).live.watch(signal),
    find: get,
    close,
    closeAll: async () => {
      await Promise.all([...replays.keys()].map(close));
    },
  };
}

async function replayInto(
  history: History,
  hostId: string,
  dump: ReplayedDump,
): Promise<{ fast: Sample | null; medium: Sample | null; cadenceSeconds: number }> {
  let fast: Sample | null = null;
  let medium: Sample | null = null;
  let cadenceSeconds = 30;
  let waiting: Sample[] = [];
  for await (const sample of dump.replay()) {
    waiting.push(sample);
    if (sample.kind === 'fast') {
      if (fast !== null) cadenceSeconds = (Date.parse(sample.collected_at) - Date.parse(fast.collected_at)) / 1000;
      fast = sample;
    }
    if (sample.kind === 'medium') medium = sample;
    if (waiting.length < batch) continue;
    history.append(hostId, waiting);
    waiting = [];
    await history.flush();
  }
  history.append(hostId, waiting);
  await history.flush();
  if (fast === null && medium === null) {
    throw new FaultError(
      'bad_input',
      'replay',
      'This dump holds no complete round of a collector that Rackside knows.',
    );
  }
  return { fast, medium, cadenceSeconds };
}
