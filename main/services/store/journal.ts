import { ByteReader, ByteWriter } from '../../domain/metrics/bytes.ts';
import type { OpenSample } from './frame.ts';

export interface JournalEntry {
  readonly stream: number;
  /** True where a frame begins. */
  readonly starts: boolean;
  readonly sample: OpenSample;
}

/** The samples of one write, as one row of the journal. */
export function packJournal(entries: readonly JournalEntry[]): Uint8Array {
  const writer = new ByteWriter();
  for (const { stream, starts, sample } of entries) {
    writer.unsigned(stream);
    writer.byte((starts ? 1 : 0) | (sample.processes === null ? 0 : 2));
    writer.unsigned(sample.number);
    writer.unsigned(sample.at);
    writer.text(sample.collectedAt ?? '');
    // The frame's boot id is said once.
    if (starts) writer.text(sample.boot === null ? '' : `=${sample.boot}`);
    writer.unsigned(sample.layout);
    writer.unsigned(sample.values.length);
    for (const value of sample.values) {
      if (Number.isNaN(value)) writer.unsigned(0);
      else writer.unsigned(value < 0 ? -2 * value : 2 * value + 1);
    }
    if (sample.processes !== null) writer.block(sample.processes);
  }
  return writer.finish();
}

/** What `packJournal` was given; `boot` stands only where a frame begins. */
export function* unpackJournal(bytes: Uint8Array): Generator<JournalEntry> {
  const reader = new ByteReader(bytes);
  while (!reader.done) {
    const stream = reader.unsigned();
    const flags = reader.byte();
    const number = reader.unsigned();
    const at = reader.unsigned();
    const collectedAt = reader.text() || null;
    const starts = (flags & 1) !== 0;
    const boot = starts ? reader.text() : '';
    const layout = reader.unsigned();
    const values = new Float64Array(reader.unsigned());
    for (let i = 0; i < values.length; i++) {
      const code = reader.unsigned();
      values[i] = code === 0 ? Number.NaN : code % 2 === 0 ? -code / 2 : (code - 1) / 2;
    }
    const processes = flags & 2 ? reader.block().slice() : null;
    yield {
      stream,
      starts,
      sample: { number, at, collectedAt, boot: boot ? boot.slice(1) : null, layout, values, processes },
    };
  }
}
