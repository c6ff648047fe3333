import { ByteReader, ByteWriter } from '../../domain/metrics/bytes.ts';
import type { OpenSample } from './open-samples.ts';

export interface JournalEntry {
  readonly stream: number;
  /** The frame's boot id, or that it holds several boots; stands where a frame begins, else null. */
  readonly starts: { readonly boot: string | null; readonly anyBoot: boolean } | null;
  readonly sample: OpenSample;
  /** How many values the sample has. */
  readonly width: number;
}

/** Gathers the samples of one write as one row of the journal. */
export class JournalWriter {
  readonly #bytes = new ByteWriter(32 * 1024);

  get isEmpty(): boolean {
    return this.#bytes.length === 0;
  }

  add({ stream, starts, sample, width }: JournalEntry): void {
    const bytes = this.#bytes;
    bytes.unsigned(stream);
    bytes.byte((starts ? 1 : 0) | (sample.processes === null ? 0 : 2));
    bytes.unsigned(sample.number);
    bytes.unsigned(sample.at);
    if (sample.collectedAt === null) bytes.byte(0);
    else bytes.text(sample.collectedAt);
    if (starts) bytes.text(starts.anyBoot ? '*' : starts.boot === null ? '' : `=${starts.boot}`);
    bytes.unsigned(sample.layout);
    bytes.unsigned(width);
    bytes.raw(sample.values);
    if (sample.processes !== null) bytes.block(sample.processes);
  }

  /** The row, and starts anew. */
  take(): Uint8Array {
    const row = this.#bytes.finish();
    this.#bytes.clear();
    return row;
  }
}

/** What a `JournalWriter` was given. */
export function* unpackJournal(bytes: Uint8Array): Generator<JournalEntry> {
  const reader = new ByteReader(bytes);
  while (!reader.done) {
    const stream = reader.unsigned();
    const flags = reader.byte();
    const number = reader.unsigned();
    const at = reader.unsigned();
    const collectedAt = reader.text() || null;
    const boot = flags & 1 ? reader.text() : null;
    const starts = boot === null ? null : { boot: boot.startsWith('=') ? boot.slice(1) : null, anyBoot: boot === '*' };
    const layout = reader.unsigned();
    const width = reader.unsigned();
    const begin = reader.at;
    reader.skip(width);
    const values = bytes.slice(begin, reader.at);
    const processes = flags & 2 ? reader.block().slice() : null;
    yield { stream, starts, width, sample: { number, at, collectedAt, layout, values, processes } };
  }
}
