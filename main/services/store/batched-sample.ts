import type { SampleData } from '../../contract/samples.ts';
import { ByteReader, type ByteWriter } from '../../domain/metrics/bytes.ts';
import type { Batch } from './messages.ts';

/** A sample on its way to the worker: its time is in milliseconds since the epoch, its values are as in `packed-row.ts`. */
export interface BatchedSample {
  readonly route: number;
  readonly at: number;
  /** As the sample had it, where it says more than its time in milliseconds; else null. */
  readonly collectedAt: string | null;
  readonly values: Uint8Array;
  /** Undefined where the sample's kind has none. */
  readonly processes: SampleData['processes'] | undefined;
}

/** As bytes, the list too: as objects it would wait long enough to be taken for something that lives long. */
export function writeBatched(writer: ByteWriter, sample: BatchedSample): void {
  writer.unsigned(sample.route);
  writer.unsigned(sample.at);
  writer.text(sample.collectedAt ?? '');
  writer.block(sample.values);
  writer.text(sample.processes === undefined ? '' : JSON.stringify(sample.processes));
}

export function* batchedSamples({ count, bytes }: Batch): Generator<BatchedSample> {
  const reader = new ByteReader(bytes);
  for (let place = 0; place < count; place++) {
    const [route, at, collectedAt, values] = [reader.unsigned(), reader.unsigned(), reader.text(), reader.block()];
    const processes = reader.text();
    yield {
      ...{ route, at, collectedAt: collectedAt === '' ? null : collectedAt, values },
      processes: processes === '' ? undefined : (JSON.parse(processes) as SampleData['processes']),
    };
  }
}
