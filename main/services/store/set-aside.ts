import type { Connection } from './database.ts';
import type { Frame } from './frame.ts';
import { JournalWriter } from './journal.ts';
import type { Layouts } from './layouts.ts';
import type { Stream } from './stream.ts';

/** What was set aside since the store was opened. */
export interface SetAside {
  readonly samples: number;
  /** Of the last frame: its host, and what was wrong with it. */
  readonly host: string;
  readonly reason: string;
}

/** Keeps frames that cannot be sealed out of everybody's way: as the journal had them, and out of every answer. */
export class AsideTable {
  readonly #layouts: Layouts;
  readonly #insert;

  constructor(database: Connection, layouts: Layouts) {
    this.#layouts = layouts;
    this.#insert = database.prepare<[number, bigint, bigint, number, string, Uint8Array]>(
      'insert into aside (stream, t0, t1, samples, reason, data) values (?, ?, ?, cast(? as integer), ?, ?)',
    );
  }

  add(stream: Stream, frame: Frame, reason: string): void {
    const journal = new JournalWriter();
    const { samples } = frame;
    let starts: Frame | null = frame;
    for (const sample of samples) {
      journal.add({ stream: stream.id, starts, sample, width: this.#layouts.namesOf(sample.layout).length });
      starts = null;
    }
    const times = samples.map((sample) => sample.at);
    const [t0, t1] = [BigInt(Math.min(...times)), BigInt(Math.max(...times))];
    this.#insert.run(stream.id, t0, t1, times.length, reason, journal.take());
  }
}
