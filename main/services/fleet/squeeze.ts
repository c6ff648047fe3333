import { constants, deflateRawSync, inflateRawSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Sample } from '../../contract/samples.ts';
import type { Squeeze } from '../../domain/dump/packed-records.ts';
import { ByteWriter } from '../../domain/metrics/bytes.ts';

/** No round that is kept has so much, nor does a sample of one. */
const maxOutputLength = 64 << 20;

/** Most come out of a single one: zlib's own is four times as large, and is garbage at once. */
const chunkSize = 4096;

/** 20 KiB become 4 in 0.06 ms. */
const fastest = { params: { [constants.ZSTD_c_compressionLevel]: 1 }, chunkSize };
/** In twice the time. */
const fastestDeflate = { level: 1, chunkSize };

/** What is kept and seldom looked at takes a fifth of its room. Not every runtime was built with zstd. */
export const squeeze: Squeeze =
  process.versions.zstd === undefined
    ? {
        pack: (bytes) => deflateRawSync(bytes, fastestDeflate),
        unpack: (packed) => inflateRawSync(packed, { maxOutputLength }),
      }
    : {
        pack: (bytes) => zstdCompressSync(bytes, fastest),
        unpack: (packed) => zstdDecompressSync(packed, { maxOutputLength }),
      };

/** Where a sample lies until it is squeezed. */
const room = new ByteWriter();

/**
 * The newest sample of a kind. Nobody looks at most hosts: as objects it would be several times as large, and hundreds of
 * things for the garbage collector to copy and to mark until the next one comes. Each is written over the one before.
 */
export class NewestSample {
  readonly #packed = new ByteWriter(0);

  set(sample: Sample): void {
    const text = JSON.stringify(sample);
    room.restart(3 * text.length);
    room.bareText(text);
    this.#packed.overwrite(squeeze.pack(room.view()));
  }

  /** Put together anew each time; null before the first. */
  get(): Sample | null {
    if (this.#packed.length === 0) return null;
    return JSON.parse(Buffer.from(squeeze.unpack(this.#packed.view())).toString()) as Sample;
  }
}
