import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Sample } from '../../contract/samples.ts';
import type { Squeeze } from '../../domain/dump/recent-rounds.ts';

/** No round that is kept has so much, nor does a sample of one. */
const maxBytes = 64 << 20;

/** What is kept for long and seldom looked at takes a sixth of its room, for 0.2 ms whenever it comes or is looked at. */
export const squeeze: Squeeze = {
  // A copy: what comes of zlib lies in a chunk of 16 KiB.
  pack: (bytes) => new Uint8Array(deflateRawSync(bytes)),
  unpack: (packed) => inflateRawSync(packed, { maxOutputLength: maxBytes }),
};

/**
 * Gives the sample back, anew each time. Nobody looks at most hosts: what is kept of each is one text, where as objects
 * it would be twice as large, and hundreds of things for the garbage collector to copy and to mark until the next one comes.
 */
export function keepSample(sample: Sample): () => Sample {
  const text = JSON.stringify(sample);
  return sample.kind === 'fast' ? fromText(text) : fromPacked(squeeze.pack(Buffer.from(text)));
}

/** Functions of their own: what a closure sees, it keeps. */
function fromText(text: string): () => Sample {
  return () => JSON.parse(text) as Sample;
}

function fromPacked(packed: Uint8Array): () => Sample {
  return () => JSON.parse(Buffer.from(squeeze.unpack(packed)).toString()) as Sample;
}
