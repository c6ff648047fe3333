import { join, resolve } from 'node:path';
import { type Fault, FaultError } from '../../contract/faults.ts';
import type { Collector } from '../../domain/collect/collector.ts';
import { createPipeline } from '../../domain/collect/pipeline.ts';
import type { CommandRecord } from '../../domain/collect/record.ts';
import { dumpLogs } from '../../domain/dump/dump-logs.ts';
import { asWritten, formatEntry } from '../../domain/dump/format-entry.ts';
import { formatSample } from '../../domain/dump/format-sample.ts';
import { type AppendFile, openAppendFile, type Write, writeToFile } from './append-file.ts';
import { dumpFault } from './dump-fault.ts';
import { claimDirectory, refuseForeignFile, removeEmpty } from './own-files.ts';
import { resumeDump } from './resume-dump.ts';

/** A disk that is so far behind does not keep up; holding more, of one dump or of all, would be paid with memory. */
const maxQueuedBytes = 64 << 20;
const maxQueuedInAll = 256 << 20;
const batchBytes = 1 << 20;

/** Directories that are being written by this process; two writers in one would mix their rounds. */
const inUse = new Set<string>();

/** What all writers of this process hold together. */
let queuedInAll = 0;

/** Whether a dump is being written in that directory now. */
export function isBeingWritten(directory: string): boolean {
  return inUse.has(resolve(directory));
}

/** Records what a host says. Nothing of it ever throws into collection or keeps it waiting. */
export interface DumpWriter {
  /** Takes a record, to be written in its turn; after a fault it is dropped. */
  push(record: CommandRecord): void;
  /**
   * What this writer has put on the disk by now: whole entries of `commands.log`, and the bytes of both files. `size` is
   * what the dump will have with what waits, and with what was there before.
   */
  stats(): { entries: number; bytes: number; size: number };
  /** Resolves when nothing waits any more: whoever has much to write does it piece by piece. */
  idle(): Promise<void>;
  /** Resolves when all that was taken is written, or cannot be. Where that is nothing, no dump is left. */
  close(): Promise<void>;
}

export interface DumpWriterOptions {
  /**
   * Made (0700) when it is not there, else it must be ours alone; its files are 0600. A dump of ours in there is
   * continued, see `resumeDump`.
   */
  readonly directory: string;
  readonly collectors?: readonly Collector[];
  /** Once, when writing had to stop; the dump is readable up to there. */
  onFault(fault: Fault): void;
  readonly write?: Write;
}

/**
 * Opens a dump for writing. Its samples are computed from its own records, and from nothing else, so that a replay
 * gives the same; hence the first record should begin a `first` round. Throws a `FaultError` when the directory
 * cannot be written, is open to others, is being recorded into, or holds a dump that cannot be continued.
 */
export async function openDumpWriter(options: DumpWriterOptions): Promise<DumpWriter> {
  const { directory, write = writeToFile } = options;
  const path = resolve(directory);
  const pipeline = createPipeline(options.collectors);
  const { commands, samples, sizeBefore, made } = await openFiles();
  const queue: { record: CommandRecord; parts: Uint8Array[]; bytes: number }[] = [];
  let queuedBytes = 0;
  let entries = 0;
  let stopped = false;
  let draining: Promise<void> = Promise.resolve();
  let isDraining = false;

  async function openFiles() {
    if (inUse.has(path)) throw new FaultError('busy', 'record', `${directory} is being recorded into already.`);
    inUse.add(path);
    const opened: AppendFile[] = [];
    const openOne = async (name: string) => {
      const file = await openAppendFile(join(directory, name), write);
      opened.push(file);
      return file;
    };
    try {
      const made = await claimDirectory(directory);
      for (const name of dumpLogs) await refuseForeignFile(join(directory, name));
      const missing = await resumeDump(directory, pipeline);
      const files = { commands: await openOne('commands.log'), samples: await openOne('samples.log') };
      const sizeBefore = files.commands.size + files.samples.size;
      await files.samples.append(Buffer.from(missing.join('')));
      return { ...files, sizeBefore, made };
    } catch (error) {
      inUse.delete(path);
      await Promise.allSettled(opened.map((file) => file.close()));
      throw dumpFault(error, 'record', directory);
    }
  }

  function hold(bytes: number): void {
    queuedBytes += bytes;
    queuedInAll += bytes;
  }

  function stop(error: unknown): void {
    if (stopped) return;
    stopped = true;
    hold(-queue.reduce((sum, { bytes }) => sum + bytes, 0));
    queue.length = 0;
    const { code, message } = dumpFault(error, 'record', directory).fault;
    options.onFault({ code, step: 'record', message: `${message} Recording stopped; collection goes on.` });
  }

  async function drain(): Promise<void> {
    while (queue.length > 0) {
      const batch: typeof queue = [];
      let bytes = 0;
      while (queue[0] !== undefined && (batch.length === 0 || bytes + queue[0].bytes <= batchBytes)) {
        bytes += queue[0].bytes;
        batch.push(queue.shift() as (typeof queue)[number]);
      }
      const before = commands.written;
      let failure: unknown = null;
      await commands.append(Buffer.concat(batch.flatMap(({ parts }) => parts))).catch((error) => {
        failure = error;
      });
      const texts: string[] = [];
      let end = before;
      for (const { record, bytes: length } of batch) {
        end += length;
        if (end > commands.written) break;
        entries += 1;
        for (const sample of pipeline.push(record)) texts.push(formatSample(sample, record.endedAt));
      }
      hold(-bytes);
      await samples.append(Buffer.from(texts.join(''))).catch((error) => {
        failure ??= error;
      });
      if (failure !== null) stop(failure);
    }
    isDraining = false;
  }

  const idle = async () => {
    while (isDraining) await draining;
  };

  return {
    push: (record) => {
      if (stopped) return;
      const parts = formatEntry(record);
      const bytes = parts.reduce((sum, part) => sum + part.length, 0);
      if (queuedBytes + bytes > maxQueuedBytes || queuedInAll + bytes > maxQueuedInAll) {
        stop(new FaultError('busy', 'record', `The disk under ${directory} does not keep up.`));
        return;
      }
      hold(bytes);
      queue.push({ record: asWritten(record), parts, bytes });
      if (isDraining) return;
      isDraining = true;
      draining = drain().catch((error) => {
        isDraining = false;
        stop(error);
      });
    },
    stats: () => {
      const bytes = commands.written + samples.written;
      return { entries, bytes, size: sizeBefore + bytes + queuedBytes };
    },
    idle,
    close: async () => {
      await idle();
      stopped = true;
      await Promise.allSettled([commands.close(), samples.close()]);
      if (sizeBefore + commands.written + samples.written === 0) await removeEmpty(directory, made);
      inUse.delete(path);
    },
  };
}
