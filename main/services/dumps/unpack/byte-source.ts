/** Bytes that come in pieces, taken in pieces of another size. */
export interface ByteSource {
  /** That many, fewer where they end. For headers: they are held at once. */
  take(length: number): Promise<Buffer>;
  /** That many as they come, fewer where they end. */
  pass(length: number): AsyncGenerator<Buffer>;
  /** Passes over that many, and says how many there were. */
  skip(length: number): Promise<number>;
  /** Puts back what was taken last. */
  putBack(bytes: Buffer): void;
}

const nothing: Buffer = Buffer.alloc(0);

export function createByteSource(chunks: AsyncIterator<Buffer>): ByteSource {
  let rest = nothing;

  /** Up to that many of what there is; none at the end. */
  async function next(atMost: number): Promise<Buffer> {
    while (rest.length === 0) {
      const { done, value } = await chunks.next();
      if (done) return nothing;
      rest = value;
    }
    const piece = rest.subarray(0, atMost);
    rest = rest.subarray(piece.length);
    return piece;
  }

  async function* pass(length: number): AsyncGenerator<Buffer> {
    for (let left = length; left > 0; ) {
      const piece = await next(left);
      if (piece.length === 0) return;
      left -= piece.length;
      yield piece;
    }
  }

  return {
    take: async (length) => {
      const pieces: Buffer[] = [];
      for await (const piece of pass(length)) pieces.push(piece);
      return pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces);
    },
    pass,
    skip: async (length) => {
      let skipped = 0;
      for await (const piece of pass(length)) skipped += piece.length;
      return skipped;
    },
    putBack: (bytes) => {
      rest = Buffer.concat([bytes, rest]);
    },
  };
}
