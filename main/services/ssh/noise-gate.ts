import { randomUUID } from 'node:crypto';

/**
 * What a login shell prints before ours speaks (messages of rc files, of the day) must not be taken for output. Ours
 * therefore begins with a marker that nobody can know before; the line that prints it does not hold it in one piece,
 * so that a device that only echoes what it is sent is not taken for a shell.
 */
export interface Marker {
  readonly text: string;
  /** A word list for printf: `'%s%s\n' rack side-…`. */
  readonly print: string;
}

export function createMarker(): Marker {
  const tail = `side-${randomUUID()}`;
  return { text: `rack${tail}\n`, print: `printf '%s%s\\n' rack ${tail}` };
}

export interface NoiseGate {
  /** What stands behind the marker; null as long as it has not come. */
  push(chunk: Buffer): Buffer | null;
  /** What came instead of it so far, up to the limit; of use only while it has not come. */
  noise(): Buffer;
  /** More noise than is allowed. */
  overflown(): boolean;
}

const nothing = Buffer.alloc(0);

export function createNoiseGate(marker: Marker, maxBytes: number): NoiseGate {
  /** What came, in the pieces in which it came: a host may send single bytes, and joining them each time adds up. */
  const pieces: Buffer[] = [];
  let length = 0;
  /** The end of what came, in which the marker may have begun. */
  let tail = nothing;
  let open = false;

  return {
    push(chunk) {
      if (open) return chunk;
      if (length > maxBytes) return null;
      const seen = Buffer.concat([tail, chunk]);
      const at = seen.indexOf(marker.text);
      if (at < 0) {
        pieces.push(chunk);
        length += chunk.length;
        tail = Buffer.from(seen.subarray(Math.max(0, seen.length - marker.text.length + 1)));
        return null;
      }
      open = true;
      // What is asked once in the life of a connection keeps nothing of what came for all of it.
      pieces.length = 0;
      tail = nothing;
      return seen.subarray(at + marker.text.length);
    },
    noise: () => Buffer.concat(pieces).subarray(0, maxBytes),
    overflown: () => !open && length > maxBytes,
  };
}
