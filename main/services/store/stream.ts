import type { Kind } from '../../contract/samples.ts';
import type { Frame } from './frame.ts';

/** The samples of one kind of one host, as far as they are not in blocks yet. */
export interface Stream {
  readonly id: number;
  readonly host: string;
  readonly kind: Kind;
  /** Oldest first; the last one is open, the others wait to be sealed. */
  readonly frames: Frame[];
  /** Number of the newest sample. */
  number: number;
  /** Newest time in any block, so that most samples need no look for a double. */
  sealedUntil: number;
  /** When the last sample came, by this machine's clock. */
  touchedAt: number;
  /** How often a new boot, or a sample of an earlier time, began a frame in the open frame's hour. */
  boots: number;
  /** All its frames are to be sealed, the open one too. */
  sealNow: boolean;
}

/** A stream as its table holds it. */
export interface StreamRow {
  id: number;
  host: string;
  kind: Kind;
  sealed: number;
}

export function emptyStream({ id, host, kind, sealed }: StreamRow, sealedUntil: number, touchedAt: number): Stream {
  return { id, host, kind, frames: [], number: sealed, sealedUntil, touchedAt, boots: 0, sealNow: false };
}

export function keyOf(host: string, kind: Kind): string {
  return `${kind} ${host}`;
}
