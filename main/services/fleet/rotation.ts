import { type Fault, toFault } from '../../contract/faults.ts';
import type { Recording } from '../../contract/recordings.ts';
import type { Kind } from '../../contract/samples.ts';
import type { CommandRecord } from '../../domain/collect/record.ts';
import { roundMark } from '../../domain/collect/round-lines.ts';
import type { RecordingSink } from './recording.ts';

interface Opened {
  readonly directory: string;
  readonly sink: RecordingSink;
}

/** Dumps one after the other, each of them whole, so that none grows beyond its bound. */
export interface Rotation {
  push(record: CommandRecord): void;
  stats(): Pick<Recording, 'directory' | 'dumps' | 'entries' | 'bytes'>;
  close(): Promise<void>;
}

export interface RotationOptions {
  readonly directory: string;
  readonly first: RecordingSink;
  /** Opens the dump that goes on behind that one, beside it. */
  openNext(directory: string): Promise<Opened>;
  maxBytes(): number;
  /** The next dump is the one that is written from now on: it should begin with a first round. */
  onNext(): void;
  /** There is no next dump: the recording ends. */
  onFault(fault: Fault): void;
}

/** The place to go on elsewhere is behind a round; where rounds overlap for ever, so many times the bound is the end. */
const patience = 1.1;

export function createRotation(options: RotationOptions): Rotation {
  let current: Opened = { directory: options.directory, sink: options.first };
  let next: Opened | null = null;
  let opening: Promise<void> | null = null;
  let closed = false;
  /** Of dumps that are written. */
  const done = { dumps: 0, entries: 0, bytes: 0 };
  const ending = new Map<RecordingSink, Promise<void>>();
  const openKinds = new Set<Kind>();

  /** Opens the next dump ahead of its first record: records do not wait. */
  function prepare(): Promise<void> {
    return options.openNext(current.directory).then(
      (opened) => {
        next = opened;
      },
      (error: unknown) => {
        const { code, message } = toFault(error, 'record');
        const sentence = `The dump is full, and cannot go on in another: ${message} Recording stopped; collection goes on.`;
        if (!closed) options.onFault({ code, step: 'record', message: sentence });
      },
    );
  }

  function goOn(to: Opened): void {
    const { sink } = current;
    current = to;
    next = null;
    opening = null;
    openKinds.clear();
    const ended = sink.close().then(() => {
      const { entries, bytes } = sink.stats();
      done.dumps += 1;
      done.entries += entries;
      done.bytes += bytes;
      ending.delete(sink);
    });
    ending.set(sink, ended);
    options.onNext();
  }

  return {
    push: (record) => {
      current.sink.push(record);
      const mark = roundMark(record.command);
      if (mark?.mark === 'begin') openKinds.add(mark.kind);
      else if (mark?.mark === 'end') openKinds.delete(mark.kind);
      const { size } = current.sink.stats();
      const most = options.maxBytes();
      if (size >= most) opening ??= prepare();
      if (next !== null && (openKinds.size === 0 || size > most * patience)) goOn(next);
    },
    stats: () => {
      const sinks = [...ending.keys(), current.sink].map((sink) => sink.stats());
      return {
        directory: current.directory,
        dumps: done.dumps + sinks.length,
        entries: sinks.reduce((sum, { entries }) => sum + entries, done.entries),
        bytes: sinks.reduce((sum, { bytes }) => sum + bytes, done.bytes),
      };
    },
    close: async () => {
      closed = true;
      await opening;
      // One that was opened and is not needed stays empty.
      await Promise.all([...ending.values(), current.sink.close(), next?.sink.close()]);
    },
  };
}
