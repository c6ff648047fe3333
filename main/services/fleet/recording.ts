import { type Fault, FaultError, toFault } from '../../contract/faults.ts';
import type { Host } from '../../contract/hosts.ts';
import type { Place, Recording } from '../../contract/recordings.ts';
import type { CommandRecord } from '../../domain/collect/record.ts';
import { freshBehind, placeDump } from './fresh-directory.ts';
import { pause } from './pause.ts';
import { createRotation, type Rotation } from './rotation.ts';

/** What a recording needs of a dump that is being written. */
export interface RecordingSink {
  push(record: CommandRecord): void;
  /** Written by it, and what the dump will have with what waits and with what was there before. */
  stats(): { entries: number; bytes: number; size: number };
  /** Resolves when nothing waits to be written. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

export type OpenSink = (directory: string, onFault: (fault: Fault) => void) => Promise<RecordingSink>;

export interface RecordingRequest extends Place, Pick<Recording, 'until' | 'by'> {}

/** The dumps that one host's records go to while a technician records it. */
export interface Recorder {
  current(): Recording | null;
  /** Throws `busy` when it records already, and what the sink throws when the directory cannot be written. */
  start(host: Host, request: RecordingRequest): Promise<Recording>;
  push(record: CommandRecord): void;
  /** The recording once a second, and then as it ended or had to stop. Throws `not_found` when nothing is recorded. */
  follow(signal: AbortSignal): AsyncIterable<Recording>;
  /** Everything taken is on the disk when this resolves. Throws `not_found` when nothing is recorded. */
  stop(): Promise<Recording>;
  /** The host is gone: what is recorded is closed, and nothing more is begun. */
  close(): Promise<void>;
}

export interface RecorderOptions {
  readonly open: OpenSink;
  readonly dumpFolder: string;
  /** A dump that has more bytes ends, and the next one begins beside it. */
  maxBytes(): number;
  now(): number;
  onChange(): void;
  /** Has the host tell all that it tells once: a dump begins. */
  requestFirst(): void;
}

interface Active extends Pick<Recording, 'since' | 'until' | 'by'> {
  readonly rotation: Rotation;
  readonly timer: NodeJS.Timeout | null;
  /** Aborted when everything taken is on the disk. */
  readonly over: AbortController;
}

const followMs = 1000;

export function createRecorder(options: RecorderOptions): Recorder {
  let active: Active | null = null;
  let starting = false;
  let closed = false;
  let fault: Fault | null = null;

  function describe({ rotation, since, until, by }: Active): Recording {
    return { since, until, by, ...rotation.stats(), fault };
  }

  function fail(met: Fault): void {
    fault ??= met;
    options.onChange();
  }

  async function end(): Promise<Recording> {
    const ending = active;
    if (ending === null) throw new FaultError('not_found', 'record', 'Nothing is being recorded.');
    active = null;
    if (ending.timer !== null) clearTimeout(ending.timer);
    await ending.rotation.close();
    options.onChange();
    ending.over.abort();
    return describe(ending);
  }

  /** Its time is over. A fault stays where it is seen, until somebody has seen it. */
  function timeOver(): void {
    if (active !== null && fault === null) end().catch((error) => fail(toFault(error, 'record')));
  }

  async function begin(host: Host, { until, by, ...place }: RecordingRequest): Promise<Recording> {
    const since = options.now();
    const rotation = await placeDump(
      host,
      since,
      { ...place, folder: place.folder ?? options.dumpFolder },
      async (directory) =>
        createRotation({
          directory,
          first: await options.open(directory, fail),
          openNext: (behind) =>
            freshBehind(behind, async (next) => ({ directory: next, sink: await options.open(next, fail) })),
          maxBytes: options.maxBytes,
          onNext: options.requestFirst,
          onFault: fail,
        }),
    );
    if (closed) {
      await rotation.close();
      throw new FaultError('not_found', 'record', `${host.name} was removed meanwhile.`);
    }
    const timer = until === null ? null : setTimeout(timeOver, Math.max(0, until - options.now()));
    active = { rotation, since, until, by, timer, over: new AbortController() };
    options.requestFirst();
    return describe(active);
  }

  return {
    current: () => (active === null ? null : describe(active)),
    start: async (host, request) => {
      if (active !== null || starting) {
        throw new FaultError('busy', 'record', `${host.name} is being recorded already.`);
      }
      starting = true;
      fault = null;
      try {
        return await begin(host, request);
      } finally {
        starting = false;
        options.onChange();
      }
    },
    push: (record) => {
      if (active === null || fault !== null) return;
      // After a sleep of this computer the timer is late, and the clock is not.
      if (active.until !== null && options.now() >= active.until) timeOver();
      else active.rotation.push(record);
    },
    follow: async function* (signal) {
      const followed = active;
      if (followed === null) throw new FaultError('not_found', 'record', 'Nothing is being recorded.');
      while (!followed.over.signal.aborted && fault === null) {
        yield describe(followed);
        const either = AbortSignal.any([signal, followed.over.signal]);
        await pause(followMs, either);
        if (signal.aborted) return;
      }
      yield describe(followed);
    },
    stop: end,
    close: async () => {
      closed = true;
      if (active !== null) await end();
    },
  };
}
