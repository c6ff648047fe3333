import { noBytes } from '../collect/byte-sink.ts';
import type { CommandRecord } from '../collect/record.ts';

/** A record whose output lies in the memory of all: from, to, and where standard error begins in between. */
interface Head extends Omit<CommandRecord, 'stdout' | 'stderr'> {
  readonly from: number;
  readonly errorFrom: number;
  readonly to: number;
}

/**
 * Records that are kept for a while. Their output is one piece of memory, and of what came in large chunks nothing stays
 * alive; as views of their own, the hundred outputs of a host would take more room than what they say.
 */
export class PackedRecords {
  readonly #heads: readonly Head[];
  readonly #memory: Uint8Array;

  constructor(records: readonly CommandRecord[]) {
    const memory = new Uint8Array(records.reduce((sum, { stdout, stderr }) => sum + stdout.length + stderr.length, 0));
    let end = 0;
    this.#memory = memory;
    this.#heads = records.map(({ command, endedAt, exit, error, durationMs, stdout, stderr, truncated, timedOut }) => {
      const from = end;
      const errorFrom = from + stdout.length;
      end = errorFrom + stderr.length;
      memory.set(stdout, from);
      memory.set(stderr, errorFrom);
      return { command, endedAt, exit, error, durationMs, truncated, timedOut, from, errorFrom, to: end };
    });
  }

  get length(): number {
    return this.#heads.length;
  }

  /** The command of the record at that place, for which no views are made. */
  commandAt(place: number): string {
    return this.#at(place).command;
  }

  recordAt(place: number): CommandRecord {
    const { from, errorFrom, to, ...head } = this.#at(place);
    return { ...head, stdout: this.#view(from, errorFrom), stderr: this.#view(errorFrom, to) };
  }

  all(): CommandRecord[] {
    return this.#heads.map((_, place) => this.recordAt(place));
  }

  #at(place: number): Head {
    const head = this.#heads[place];
    if (head === undefined) throw new RangeError(`There is no record ${place}.`);
    return head;
  }

  #view(from: number, to: number): Uint8Array {
    return from === to ? noBytes : this.#memory.subarray(from, to);
  }
}
