/** Seconds since the epoch take 33 bits until the year 2242. */
const idsPerStream = 2 ** 33;

/** A block's id: its stream and the second in which it begins. */
export function idAt(stream: number, at: number): bigint {
  return BigInt(stream) * BigInt(idsPerStream) + BigInt(Math.floor(at / 1000));
}

/** The first and the last id that blocks of a stream may have. */
export function span(stream: number): [bigint, bigint] {
  return [idAt(stream, 0), idAt(stream + 1, 0) - 1n];
}

export function streamOf(blockId: number): number {
  return Math.floor(blockId / idsPerStream);
}

export const lastInstant = (idsPerStream - 86_400) * 1000;

/** Samples outside of this have a time that cannot be: a block's id has no room for it. */
export function isKeepable(at: number): boolean {
  return at >= 0 && at < lastInstant;
}
