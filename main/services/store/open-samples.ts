import { deflateRawSync, inflateRawSync } from 'node:zlib';
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

/** From so many bytes on, what was written is deflated, to two fifths of it. */
const pieceBytes = 4096;
/** No larger a window than a piece: zlib's own takes 268 KiB for each of them, and leaves a hole of that size behind. */
const small = { windowBits: 12, memLevel: 5, chunkSize: pieceBytes };
/** What is not deflated yet has no more room than it takes, but for this. */
const spareBytes = 512;
/** No piece is larger: a sample that would make it so is one that is not kept. */
const maxOutputLength = 64 << 20;

/**
 * Samples that wait for up to an hour, in the order in which they came. Each is some 150 bytes; as an object with two
 * arrays it takes a kilobyte, and of a thousand hosts a quarter of a million wait.
 */
export class OpenSamples {
  readonly #pieces: Uint8Array[] = [];
  #open = new Uint8Array();
  #used = 0;
  length = 0;

  add(sample: OpenSample): void {
    pack(sample);
    const end = this.#used + scratch.length;
    if (end > this.#open.length) {
      const larger = new Uint8Array(end + spareBytes);
      larger.set(this.#open.subarray(0, this.#used));
      this.#open = larger;
    }
    this.#open.set(scratch.view(), this.#used);
    this.#used = end;
    this.length++;
    if (end < pieceBytes) return;
    // A copy: what comes of zlib lies in a larger chunk.
    this.#pieces.push(new Uint8Array(deflateRawSync(this.#open.subarray(0, end), small)));
    this.#open = new Uint8Array();
    this.#used = 0;
  }

  all(): OpenSample[] {
    const pieces = this.#pieces.map((piece) => inflateRawSync(piece, { maxOutputLength }));
    return [...pieces, this.#open.slice(0, this.#used)].flatMap((piece) => [...unpack(piece)]);
  }
}

/** One for all: it grows to the largest sample. */
const scratch = new ByteWriter();

function pack({ number, at, collectedAt, layout, values, processes }: OpenSample): void {
  scratch.clear();
  scratch.unsigned(number);
  scratch.unsigned(at);
  scratch.text(collectedAt ?? '');
  scratch.unsigned(layout);
  scratch.block(values);
  scratch.byte(processes === null ? 0 : 1);
  if (processes !== null) scratch.block(processes);
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
