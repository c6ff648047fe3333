import type { Pauses } from './pauses.ts';
import type { Sealer } from './sealer.ts';
import type { WriteQueue } from './write-queue.ts';

/** A slice of sealing stops after so long, and the next comes a little later: no call waits longer for it. */
const sliceMs = 4;
const sliceEveryMs = 25;
/** What the disk did not take is tried again after so long, and with each write. */
const retryMs = 5000;
const idleCheckMs = 60_000;

/** What the thread does between calls, in slices: it writes what waits and seals what is due. */
export class Upkeep {
  readonly #queue: WriteQueue;
  readonly #sealer: Sealer;
  readonly #pauses: Pauses;
  readonly #idleCheck;
  #timer: NodeJS.Timeout | null = null;

  constructor(queue: WriteQueue, sealer: Sealer, pauses: Pauses) {
    this.#queue = queue;
    this.#sealer = sealer;
    this.#pauses = pauses;
    this.#idleCheck = setInterval(() => this.#look(), idleCheckMs);
    this.#look();
  }

  /** Something has come into the queue. */
  written(): void {
    if (this.#queue.flush()) this.#look();
    else this.#soon(retryMs);
  }

  /** Ends; what still waits is tried once more. */
  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    clearInterval(this.#idleCheck);
    this.#queue.flush();
  }

  /** One slice of sealing, at once. False when there is no more to do, or the disk does not take it. */
  slice(): boolean {
    this.#sealer.look(Date.now());
    return this.#queue.flush() && this.#sealer.seal(Date.now(), sliceMs);
  }

  #look(): void {
    if (this.#sealer.look(Date.now())) this.#soon(sliceEveryMs);
  }

  #soon(ms: number): void {
    this.#timer ??= setTimeout(() => this.#pauses.timed(() => this.#work()), ms);
  }

  #work(): void {
    this.#timer = null;
    if (!this.#queue.flush()) this.#soon(retryMs);
    else if (this.#sealer.seal(Date.now(), sliceMs)) this.#soon(sliceEveryMs);
  }
}
