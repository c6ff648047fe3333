import type { Blocks } from './blocks.ts';
import type { SampleWriter } from './sample-writer.ts';

/** Which host takes how much room, in blocks and in open frames, and what of it is oldest. */
export class Room {
  readonly #blocks: Blocks;
  readonly #writer: SampleWriter;
  /** By host, in bytes. Hosts of which nothing can go are not in it. */
  readonly #taken = new Map<string, number>();
  /** Before this block's id, a stream has no more samples. */
  readonly #rolledUpTo = new Map<number, bigint>();

  constructor(blocks: Blocks, writer: SampleWriter) {
    this.#blocks = blocks;
    this.#writer = writer;
  }

  /** Counts the room of one host after the other. */
  *count(): Generator<string> {
    for (const host of new Set([...this.#writer.streams].map((stream) => stream.host))) {
      this.countOf(host);
      yield host;
    }
  }

  countOf(host: string): void {
    let bytes = 0;
    for (const { id, frames } of this.#writer.streamsOf(host)) {
      bytes += frames.reduce((sum, frame) => sum + frame.bytes, this.#blocks.room(id));
      this.#rolledUpTo.delete(id);
    }
    this.#taken.set(host, bytes);
  }

  /** The host that takes most; null when nothing can go any more. */
  heaviest(): string | null {
    let most: string | null = null;
    for (const [host, bytes] of this.#taken) {
      if (most === null || bytes > (this.#taken.get(most) as number)) most = host;
    }
    return most;
  }

  freed(host: string, bytes: number): void {
    this.#taken.set(host, (this.#taken.get(host) ?? 0) - bytes);
  }

  /** Nothing of this host can go. */
  exclude(host: string): void {
    this.#taken.delete(host);
  }

  /** The host's oldest block: of those with samples, else of all. */
  oldest(host: string): { id: number; hasSamples: boolean } | null {
    const streams = this.#writer.streamsOf(host);
    const oldestOf = (having: 'samples' | 'anything') => {
      let found: { id: number; t0: number } | null = null;
      for (const { id: stream } of streams) {
        const from = having === 'samples' ? (this.#rolledUpTo.get(stream) ?? 0n) : 0n;
        const block = this.#blocks.first(stream, from, having);
        // The search begins where it ended: what is rolled up already would be gone through again and again.
        if (having === 'samples') this.#rolledUpTo.set(stream, block === null ? never : BigInt(block.id));
        if (block !== null && (found === null || block.t0 < found.t0)) found = block;
      }
      return found as { id: number; t0: number } | null;
    };
    const withSamples = oldestOf('samples');
    if (withSamples !== null) return { id: withSamples.id, hasSamples: true };
    const any = oldestOf('anything');
    return any === null ? null : { id: any.id, hasSamples: false };
  }
}

/** Above the id of any block. */
const never = 2n ** 62n;
