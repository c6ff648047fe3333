import { ByteReader, ByteWriter } from '../../domain/metrics/bytes.ts';

/** One sample on its way into a block. */
export interface OpenSample {
  /** Counts the samples of its stream. */
  readonly number: number;
  readonly at: number;
  readonly collectedAt: string | null;
  readonly layout: number;
  /** In the layout's order (`packed-row.ts`). */
  readonly values: Uint8Array;
  /** Packed as its difference from the frame's lists before; null where the kind has none. */
  readonly processes: Uint8Array | null;
}

/** From so many bytes on, what was written becomes a piece of its own: none has to grow by half for the next sample. */
const pieceBytes = 4096;

/**
 * Samples that wait for up to an hour, in the order in which they came. Each is some 150 bytes; as an object with two
 * arrays it takes a kilobyte, and of a thousand hosts a quarter of a million wait.
 */
export class OpenSamples {
  readonly #pieces: Uint8Array[] = [];
  readonly #writer = new ByteWriter();
  length = 0;

  add({ number, at, collectedAt, layout, values, processes }: OpenSample): void {
    const writer = this.#writer;
    writer.unsigned(number);
    writer.unsigned(at);
    writer.text(collectedAt ?? '');
    writer.unsigned(layout);
    writer.block(values);
    writer.byte(processes === null ? 0 : 1);
    if (processes !== null) writer.block(processes);
    this.length++;
    if (writer.length < pieceBytes) return;
    this.#pieces.push(writer.finish());
    writer.clear();
  }

  /** What was added; the arrays in it are good until the next is. */
  all(): OpenSample[] {
    return [...this.#pieces, this.#writer.view()].flatMap((piece) => [...unpack(piece)]);
  }
}

function* unpack(piece: Uint8Array): Generator<OpenSample> {
  for (const reader = new ByteReader(piece); !reader.done; ) {
    yield {
      number: reader.unsigned(),
      at: reader.unsigned(),
      collectedAt: reader.text() || null,
      layout: reader.unsigned(),
      values: reader.block(),
      processes: reader.byte() === 0 ? null : reader.block(),
    };
  }
}
