import { mayPass } from './write-queue.ts';

/** What of the file turned out to be damaged since it was opened: its samples, and the last reason. */
export interface Damage {
  readonly samples: number;
  readonly reason: string;
}

const maxReasonLength = 200;

/**
 * Keeps blocks that cannot be read out of everybody's way. They stay where they are until retention takes them: what
 * cannot be read today may be readable by a later Rackside.
 */
export class DamagedBlocks {
  readonly #ids = new Set<number>();
  /** Null when there is none. */
  damage: Damage | null = null;

  /** What `read` gives; null where the block is damaged, now or before. Throws what may pass. */
  read<Value>(block: { readonly id: number; readonly samples: number }, read: () => Value): Value | null {
    if (this.#ids.has(block.id)) return null;
    try {
      return read();
    } catch (error) {
      if (mayPass(error)) throw error;
      this.#ids.add(block.id);
      this.note(block.samples, error instanceof Error ? error.message : String(error));
      return null;
    }
  }

  /** So many samples cannot be read, wherever they were. */
  note(samples: number, reason: string): void {
    this.damage = { samples: (this.damage?.samples ?? 0) + samples, reason: reason.slice(0, maxReasonLength) };
  }
}
