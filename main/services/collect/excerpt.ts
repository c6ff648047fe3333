import { createByteSink } from '../../domain/collect/byte-sink.ts';

/** More is never kept of what a host says outside of frames. */
const maxBytes = 2048;
const maxCharacters = 200;

/** The first of what a host printed where a frame was expected: for one sentence, so bounded and printable. */
export interface Excerpt {
  add(bytes: Uint8Array): void;
  /** One line without control characters; empty when nothing came. */
  text(): string;
}

export function createExcerpt(): Excerpt {
  const kept = createByteSink(maxBytes);
  return {
    add: (bytes) => {
      // A copy: it stays as long as the session, and would keep all that it came with.
      const own = new Uint8Array(bytes.subarray(0, maxBytes));
      kept.add(own, 0, own.length);
    },
    text: () => {
      const line = new TextDecoder()
        .decode(kept.bytes())
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must go, with the colours of a motd
        .replace(/\u001b\[[0-9;?]*[a-zA-Z]/g, '')
        .replace(/[\p{C}\s\uFFFD]+/gu, ' ')
        .trim();
      return line.length > maxCharacters ? `${line.slice(0, maxCharacters)}…` : line;
    },
  };
}
