import { FaultError, toFault } from '../../contract/faults.ts';
import type { HealthEvent, Standing } from '../../contract/health.ts';
import type { HealthEventsRequest } from '../../contract/health-calls.ts';
import type {
  Extent,
  Gap,
  ProcessesAt,
  ProcessHistory,
  ProcessHistoryRequest,
  Seek,
  Series,
  SeriesRequest,
} from '../../contract/history.ts';
import type { Host } from '../../contract/hosts.ts';
import type { Sample } from '../../contract/samples.ts';
import { defaultRetention, type Retention } from '../../domain/policy/retention.ts';
import type { StoreCalls } from './messages.ts';
import { SampleBatch } from './sample-batch.ts';
import { cutProblem } from './sample-limits.ts';
import { readEvents, readStanding } from './told-findings.ts';
import { startWorker } from './worker-client.ts';

/** How the store itself is doing. */
export interface StoreHealth {
  /** Room taken in the file, without what is free for use again. */
  readonly bytes: number;
  /** More room is taken than may be, and `maintain` can do something about it. */
  readonly overfull: boolean;
  /** Calls that took longer than 40 ms since the store was opened. */
  readonly slowCalls: number;
  /** The longest time in which the thread could answer nobody, since this was asked before. */
  readonly longestPauseMs: number;
  /** Samples that were not kept because the database did not keep up or could not be written. */
  readonly lostSamples: number;
  /**
   * One sentence: on the last write that failed, on samples that could not be packed, or on hosts that send more than
   * is kept of a sample; null when all is well.
   */
  readonly problem: string | null;
  /** The file turned out to be damaged where something was to be written: whoever asks gets a new one for it. */
  readonly isDamaged: boolean;
}

/**
 * Everything that is remembered of hosts. One writer in a thread of its own; calls come back in the order in which
 * they were made, and a question sees what was appended before it. Failures are `FaultError`s.
 */
export interface Store {
  /** One sentence where a damaged file was set aside since the store was opened; else null. */
  readonly notice: string | null;
  hosts(): Promise<Host[]>;
  /** Adds a host, or replaces it by its id. */
  saveHost(host: Host): Promise<void>;
  /** Forgets a host and all that is stored of it; what is appended for it later is dropped, until it is saved again. */
  removeHost(hostId: string): Promise<void>;
  /**
   * Takes samples without waiting; they are on disk within a second. One with a time that is there already is ignored.
   * What a sample has beyond the limits of `sample-limits.ts` is cut, and `health` says so.
   */
  append(hostId: string, samples: readonly Sample[]): void;
  /** Remembers a gap; one with the same host and `from` replaces the earlier one, so that an open gap can grow. */
  appendGap(hostId: string, gap: Gap): void;
  /** Remembers what came and went; one with the same host, time and finding replaces the earlier one. */
  appendEvents(hostId: string, events: readonly HealthEvent[]): void;
  /** The newest of them in a span, the oldest first. */
  events(request: HealthEventsRequest): Promise<HealthEvent[]>;
  /** What stood at an instant, or stands, by the newest event of each finding until then. */
  standing(hostId: string, at?: number): Promise<Standing[]>;
  /** Buckets are whole and aligned to the clock, so the first may begin before `from`. */
  series(request: SeriesRequest): Promise<Series>;
  /**
   * The process list of the last fast sample at or before `at`; null when that is older than two of its intervals.
   * With `next` or `previous`, the first list after `at` or the last before it, however far; null when there is none.
   */
  processesAt(hostId: string, at: number, seek?: Seek): Promise<ProcessesAt | null>;
  /** One process over time. Read in slices, so that other questions are answered meanwhile. */
  process(request: ProcessHistoryRequest): Promise<ProcessHistory>;
  extent(hostId: string): Promise<Extent>;
  /**
   * Enforces retention by age and by size; to be called now and then, and when `health` says that the store is
   * overfull. By size, the host that takes most room gives way first, with its oldest samples.
   */
  maintain(now: number): Promise<void>;
  /** What `maintain` enforces from now on. */
  setRetention(retention: Retention): Promise<void>;
  health(): Promise<StoreHealth>;
  /** Resolves when all that was appended is written, or waits for a disk that does not take it (`health`). */
  flush(): Promise<void>;
  /** Writes what is left and ends the thread. */
  close(): Promise<void>;
}

export interface StoreOptions {
  /** A file, made with mode 0600 when it is not there; or `:memory:`. */
  readonly path: string;
  readonly retention?: Partial<Retention>;
}

/**
 * Opens the store. A damaged file is set aside, and `notice` says so. Throws a `FaultError` with a sentence when the file
 * cannot be used for any other reason; it is left as it was.
 */
export async function openStore({ path, retention }: StoreOptions): Promise<Store> {
  requireNode(process.versions.node);
  let kept: Retention = { ...defaultRetention, ...retention };
  const start = (damaged: boolean) => startWorker({ path, damaged, retention: kept });
  let worker = await start(false);
  let batch = new SampleBatch();
  const names = new Map<string, string>();
  const nameOf = (hostId: string) => names.get(hostId) ?? 'A host';
  let writing = 0;
  let failedSamples = 0;
  let failure: string | null = null;
  let renewing: Promise<void> | null = null;

  /** Goes on with a new file; what it was told of hosts and layouts, the new thread has to be told again. */
  const renew = async () => {
    clearInterval(timer);
    await worker.close();
    failedSamples += batch.lost;
    batch = new SampleBatch();
    worker = await start(true);
    timer = setInterval(flushWhenIdle, flushMs);
  };

  const write = async () => {
    const taken = batch.take();
    writing++;
    try {
      await worker.call('write', [taken], [taken.bytes.buffer]);
      failure = null;
    } catch (error) {
      failedSamples += taken.count;
      failure = toFault(error, 'store').message;
    } finally {
      writing--;
    }
  };
  // One write at a time: what comes meanwhile waits in the batch, which has a limit.
  const flushWhenIdle = () => {
    if (writing === 0 && !batch.isEmpty) void write();
  };
  let timer = setInterval(flushWhenIdle, flushMs);
  const ask = <Name extends keyof StoreCalls>(name: Name, ...args: Parameters<StoreCalls[Name]>) => {
    if (!batch.isEmpty) void write();
    return worker.call(name, args);
  };

  return {
    get notice() {
      return worker.notice;
    },
    hosts: async () => {
      const hosts = await ask('hosts');
      for (const { id, name } of hosts) names.set(id, name);
      return hosts;
    },
    saveHost: (host) => {
      names.set(host.id, host.name);
      return ask('saveHost', host);
    },
    removeHost: (hostId) => {
      names.delete(hostId);
      batch.forget(hostId);
      return ask('removeHost', hostId);
    },
    append: (hostId, samples) => {
      for (const sample of samples) batch.add(hostId, sample);
    },
    appendGap: (hostId, gap) => batch.addGap(hostId, gap),
    appendEvents: (hostId, events) => batch.addEvents(hostId, events),
    events: async (request) => readEvents(await ask('events', request)),
    standing: async (hostId, at) => readStanding(await ask('standing', hostId, at)),
    series: (request) => ask('series', request),
    processesAt: (hostId, at, seek = 'at') => ask('processesAt', hostId, at, seek),
    process: (request) => ask('process', request),
    extent: (hostId) => ask('extent', hostId),
    maintain: (now) => ask('maintain', now),
    setRetention: (next) => {
      kept = next;
      return ask('setRetention', next);
    },
    health: async () => {
      await renewing;
      const health = await ask('health');
      if (health.isDamaged) {
        renewing = renew().finally(() => {
          renewing = null;
        });
        await renewing;
      }
      const lostSamples = health.lostSamples + batch.lost + failedSamples;
      return { ...health, lostSamples, problem: failure ?? health.problem ?? cutProblem(batch.cut, nameOf) };
    },
    flush: () => (batch.isEmpty ? ask('sync') : write()),
    close: async () => {
      clearInterval(timer);
      if (!batch.isEmpty) await write();
      await worker.close();
    },
  };
}

const flushMs = 1000;

/** better-sqlite3 brings the process down on an older Node, so it is not even loaded there. */
export function requireNode(version: string): void {
  if (Number.parseInt(version, 10) >= 22) return;
  throw new FaultError(
    'internal',
    'open store',
    `The store needs Node 22 or newer; this is Node ${version}. Start Rackside with npm start.`,
  );
}
