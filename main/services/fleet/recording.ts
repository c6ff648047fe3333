import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Fault, FaultError } from '../../contract/faults.ts';
import type { Host, Recording } from '../../contract/hosts.ts';
import type { CommandRecord } from '../../domain/collect/record.ts';

/** What a recording needs of a dump that is being written. */
export interface RecordingSink {
  push(record: CommandRecord): void;
  stats(): { entries: number; bytes: number };
  close(): Promise<void>;
}

export type OpenSink = (directory: string, onFault: (fault: Fault) => void) => Promise<RecordingSink>;

/** The dump that one host's records go to while a technician records it. */
export interface Recorder {
  readonly current: Recording | null;
  /** Throws `busy` when it records already, and what the sink throws when the directory cannot be written. */
  start(host: Host, directory: string | undefined): Promise<Recording>;
  push(record: CommandRecord): void;
  /** Everything taken is on the disk when this resolves. Throws `not_found` when nothing is recorded. */
  stop(): Promise<Recording>;
  /** The host is gone: what is recorded is closed, and nothing more is begun. */
  close(): Promise<void>;
}

export function createRecorder(options: {
  open: OpenSink;
  dumpFolder: string;
  now(): number;
  onChange(): void;
}): Recorder {
  let active: { sink: RecordingSink; directory: string; since: number } | null = null;
  let starting = false;
  let closed = false;
  let fault: Fault | null = null;

  function describe(from: NonNullable<typeof active>): Recording {
    return { directory: from.directory, since: from.since, ...from.sink.stats(), fault };
  }

  return {
    get current() {
      return active === null ? null : describe(active);
    },
    start: async (host, wanted) => {
      if (active !== null || starting) {
        throw new FaultError('busy', 'record', `${host.name} is being recorded already.`);
      }
      starting = true;
      fault = null;
      try {
        const since = options.now();
        if (wanted === undefined) mkdirSync(options.dumpFolder, { recursive: true, mode: 0o700 });
        const directory = wanted ?? join(options.dumpFolder, folderName(host, since));
        const sink = await options.open(directory, (met) => {
          fault = met;
          options.onChange();
        });
        if (closed) {
          await sink.close();
          throw new FaultError('not_found', 'record', `${host.name} was removed meanwhile.`);
        }
        active = { sink, directory, since };
        return describe(active);
      } finally {
        starting = false;
        options.onChange();
      }
    },
    push: (record) => active?.sink.push(record),
    stop: async () => {
      const ending = active;
      if (ending === null) throw new FaultError('not_found', 'record', 'Nothing is being recorded.');
      active = null;
      await ending.sink.close();
      options.onChange();
      return describe(ending);
    },
    close: async () => {
      closed = true;
      const ending = active;
      active = null;
      await ending?.sink.close();
    },
  };
}

/** `tank-2026-11-21T14-03-22Z`: sorts by host and time, and is a legal name on every system. */
function folderName(host: Host, at: number): string {
  const name = host.name.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[-.]+|-+$/g, '') || 'host';
  return `${name}-${new Date(at).toISOString().slice(0, 19).replaceAll(':', '-')}Z`;
}
