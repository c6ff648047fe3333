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
  /** What came instead of it, up to the limit. */
  noise(): Buffer;
  /** More noise than is allowed. */
  overflown(): boolean;
}

export function createNoiseGate(marker: Marker, maxBytes: number): NoiseGate {
  let held = Buffer.alloc(0);
  let open = false;
  return {
    push(chunk) {
      if (open) return chunk;
      if (held.length > maxBytes) return null;
      held = Buffer.concat([held, chunk]);
      const at = held.indexOf(marker.text);
      if (at < 0) return null;
      open = true;
      const rest = held.subarray(at + marker.text.length);
      held = held.subarray(0, at);
      return rest;
    },
    noise: () => held.subarray(0, maxBytes),
    overflown: () => !open && held.length > maxBytes,
  };
}
