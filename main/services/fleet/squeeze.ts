import { constants, deflateRawSync, inflateRawSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Sample } from '../../contract/samples.ts';
import type { Attic, PutAway, Squeeze } from '../../domain/dump/attic.ts';
import { ByteWriter } from '../../domain/metrics/bytes.ts';

/** No round that is kept has so much, nor does a sample of one. */
const maxOutputLength = 64 << 20;

/** Most blocks come out of a single one. */
const chunkSize = 16_384;

/** To begin takes 0.35 ms where it is not done all the time; what is squeezed then, 16 KiB or 256, hardly shows. */
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

/** Where a sample lies until it is put away. */
const room = new ByteWriter();

/**
 * The newest sample of a kind. Nobody looks at most hosts: as objects it would be several times as large, and hundreds of
 * things for the garbage collector to copy and to mark until the next one comes.
 */
export class NewestSample {
  readonly #attic: Attic;
  #away: PutAway | null = null;

  constructor(attic: Attic) {
    this.#attic = attic;
  }

  set(sample: Sample): void {
    const text = JSON.stringify(sample);
    room.restart(3 * text.length);
    room.bareText(text);
    const before = this.#away;
    this.#away = this.#attic.put(room.view());
    before?.drop();
  }

  /** Put together anew each time; null before the first. */
  get(): Sample | null {
    return this.#away === null ? null : (JSON.parse(Buffer.from(this.#away.bytes()).toString()) as Sample);
  }
}
