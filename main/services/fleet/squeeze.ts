import { constants, deflateRawSync, inflateRawSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Sample } from '../../contract/samples.ts';
import type { Squeeze } from '../../domain/dump/packed-records.ts';

/** No round that is kept has so much, nor does a sample of one. */
const maxOutputLength = 64 << 20;

/** 20 KiB become 4 in 0.06 ms. */
const fastest = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };
/** In twice the time. */
const fastestDeflate = { level: 1 };

/** What is kept and seldom looked at takes a fifth of its room. Not every runtime was built with zstd. */
export const squeeze: Squeeze =
  process.versions.zstd === undefined
    ? {
        // A copy: what comes of zlib lies in a larger chunk.
        pack: (bytes) => new Uint8Array(deflateRawSync(bytes, fastestDeflate)),
        unpack: (packed) => inflateRawSync(packed, { maxOutputLength }),
      }
    : {
        pack: (bytes) => new Uint8Array(zstdCompressSync(bytes, fastest)),
        unpack: (packed) => zstdDecompressSync(packed, { maxOutputLength }),
      };

/**
 * Gives the sample back, anew each time. Nobody looks at most hosts: as objects it would be twenty times as large, and
 * hundreds of things for the garbage collector to copy and to mark until the next one comes.
 */
export function keepSample(sample: Sample): () => Sample {
  const packed = squeeze.pack(Buffer.from(JSON.stringify(sample)));
  return fromPacked(packed);
}

/** A function of its own: what a closure sees, it keeps. */
function fromPacked(packed: Uint8Array): () => Sample {
  return () => JSON.parse(Buffer.from(squeeze.unpack(packed)).toString()) as Sample;
}
