import { randomUUID } from 'node:crypto';
import { basename, dirname, resolve } from 'node:path';
import type { shareDumpContract } from '../../contract/dump-sharing.ts';
import type { openDumpContract } from '../../contract/dumps.ts';
import { FaultError, toFault } from '../../contract/faults.ts';
import type { HealthEvent, Standing } from '../../contract/health.ts';
import type { HealthEventsRequest } from '../../contract/health-calls.ts';
import type {
  Extent,
  Live,
  ProcessesAt,
  ProcessHistory,
  ProcessHistoryRequest,
  SampleAt,
  SampleAtRequest,
  Seek,
  Series,
  SeriesRequest,
} from '../../contract/history.ts';
import type { Glance, Host, HostView } from '../../contract/hosts.ts';
import type { dumpProvenanceContract } from '../../contract/provenance.ts';
import type { Client } from '../../contract/rpc/definition.ts';
import { createLatest, type Latest } from '../../contract/rpc/latest.ts';
import type { Sample } from '../../contract/samples.ts';
import { isLogName } from '../../domain/dump/part-names.ts';
import { createHealthTracker, type HealthTracker } from '../../domain/health/tracker.ts';
import { glanceOf } from '../../domain/present/glance.ts';
import { defaultThresholds, type Limits } from '../../domain/present/levels.ts';

/** What a replay needs of an opened dump. */
export interface ReplayedDump {
  /** Answers what is asked about it; the host's id is passed on. */
  readonly client: Client<typeof openDumpContract & typeof shareDumpContract & typeof dumpProvenanceContract>;
  /** Samples as they are computed, and of how much of the dump they are: 0 to 1; ends when the dump is closed. */
  replay(signal: AbortSignal): AsyncIterable<{ samples: Sample[]; share: number }>;
  /** Which sample stood at an instant. */
  sampleAt(request: SampleAtRequest, signal?: AbortSignal): Promise<SampleAt>;
  close(): Promise<void>;
}

/** What answers questions about the past: the console's own store, or the one that a dump was replayed into. */
export interface History {
  append(hostId: string, samples: readonly Sample[]): void;
  appendEvents(hostId: string, events: readonly HealthEvent[]): void;
  events(request: HealthEventsRequest): Promise<HealthEvent[]>;
  standing(hostId: string, at: number): Promise<Standing[]>;
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
  /** It begins while the dump is looked at already. */
  readonly history: Promise<History>;
  readonly live: Latest<Live>;
  /** What was wrong with the host, by the dump's own time. */
  readonly health: HealthTracker;
  readonly ended: AbortController;
  /** Newest of each kind. */
  fast: Sample | null;
  medium: Sample | null;
  slow: Sample | null;
  daily: Sample | null;
  /** Of `fast`. */
  glance: Glance | null;
  cadenceSeconds: number;
  notes: readonly string[];
  /** How much of it was replayed: 0 to 1. */
  share: number;
  /** Why it goes no further, in a sentence. */
  failure: string | null;
}

/** Dumps that were opened as hosts. Each is replayed into a store of its own, which is gone when it is closed. */
export interface Replays {
  /** Resolves when its first entry is known: the rest comes in, and is replayed, while it is looked at. */
  open(path: string): Promise<Host>;
  views(): HostView[];
  has(hostId: string): boolean;
  /** Its newest samples, as far as it is replayed; ends when it is closed. */
  live(hostId: string, signal: AbortSignal): AsyncIterable<Live>;
  /** Throws `not_found` for a host that is not an opened dump. */
  find(hostId: string): { dump: ReplayedDump; history: Promise<History> };
  close(hostId: string): Promise<void>;
  closeAll(): Promise<void>;
}

const nothingKnown =
  'No round of a collector that Rackside knows is in it: gauges and charts stay empty, the commands are all there.';

export function createReplays(options: {
  openDump(path: string, hostId: string): Promise<ReplayedDump>;
  /** What a dump's host is called and where it says that it lies; null: as its path says. */
  describe?(path: string): { name: string; path: string } | null;
  openHistory(): Promise<History>;
  /** From where on a value of that host is trouble; by default, as anywhere. */
  limitsOf?(host: Host): Limits;
  now(): number;
  onChange(): void;
}): Replays {
  const replays = new Map<string, Replay>();
  const { limitsOf = () => defaultThresholds } = options;
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
    const id = randomUUID();
    const described = options.describe?.(path) ?? { name: dumpName(path), path };
    const dump = await options.openDump(path, id);
    const target = { transport: 'replay', path: described.path } as const;
    const host: Host = { id, name: described.name, target, group: null, tags: [], addedAt: options.now() };
    const history = options.openHistory();
    const replay: Replay = {
      ...{ path, host, dump, history, live: createLatest<Live>(), ended: new AbortController() },
      health: createHealthTracker(),
      ...{ fast: null, medium: null, slow: null, daily: null, glance: null },
      ...{ cadenceSeconds: 30, notes: [], share: 0, failure: null },
    };
    const tellNotes = async () => {
      for await (const { notes } of dump.client['dumps.status']({ hostId: id }, replay.ended.signal)) {
        if (notes.join() === replay.notes.join()) continue;
        replay.notes = notes;
        options.onChange();
      }
    };
    replays.set(id, replay);
    quietly(tellNotes());
    void replayAll(replay);
    options.onChange();
    return host;
  }

  /** Hands all that is replayed to the history; what stops it is told by the host's view. */
  async function replayAll(replay: Replay): Promise<void> {
    const { host, live, ended } = replay;
    try {
      const history = await replay.history;
      for await (const { samples, share } of replay.dump.replay(ended.signal)) {
        replay.share = share;
        const events = samples.flatMap((sample) => take(replay, sample, limitsOf(host)));
        history.append(host.id, samples);
        if (events.length > 0) history.appendEvents(host.id, events);
        await history.flush();
        const { fast, medium, slow, daily } = replay;
        live.set({ now: options.now(), fast, medium, slow, daily, findings: [...replay.health.standing()] });
        options.onChange();
      }
    } catch (error) {
      if (ended.signal.aborted) return;
      replay.failure = `The replay stopped: ${toFault(error, 'replay').message}`;
      options.onChange();
    }
  }

  function viewOf({
    host,
    glance,
    fast,
    medium,
    slow,
    daily,
    notes,
    cadenceSeconds,
    share,
    failure,
    health,
  }: Replay): HostView {
    const isEmpty = share === 1 && [fast, medium, slow, daily].every((sample) => sample === null);
    const told = [...(failure === null ? [] : [failure]), ...notes, ...(isEmpty ? [nothingKnown] : [])];
    return {
      host,
      connection: { state: 'replay', since: host.addedAt, notes: told },
      recording: null,
      ring: null,
      glance,
      health: health.glance(),
      cadenceSeconds,
    };
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
    replay.ended.abort();
    replay.live.end();
    options.onChange();
    const historyClosed = replay.history.then(
      (history) => history.close(),
      () => undefined,
    );
    await Promise.all([replay.dump.close(), historyClosed]);
  }

  return {
    open,
    views: () => [...replays.values()].map(viewOf),
    has: (hostId) => replays.has(hostId),
    live: (hostId, signal) => get(hostId).live.watch(signal),
    find: get,
    close,
    closeAll: async () => {
      await Promise.all([...replays.keys()].map(close));
    },
  };
}

/** What a dump is called: as its directory, also where one of its logs is named. */
export function dumpName(path: string): string {
  const name = basename(path);
  return (isLogName(name) && basename(dirname(path))) || name;
}

function take(replay: Replay, sample: Sample, limits: Limits): HealthEvent[] {
  const { fast } = replay;
  replay[sample.kind] = sample;
  const events = replay.health.take(sample, limits);
  if (sample.kind !== 'fast') return events;
  replay.glance = glanceOf(sample);
  if (fast !== null) replay.cadenceSeconds = (Date.parse(sample.collected_at) - Date.parse(fast.collected_at)) / 1000;
  return events;
}

/** What ends with the dump, however it ends. */
function quietly(work: Promise<void>): void {
  work.catch(() => undefined);
}
