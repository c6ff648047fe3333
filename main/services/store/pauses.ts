const slowMs = 40;

/** Measures the times in which a thread could answer nobody. */
export class Pauses {
  /** Calls that took longer than 40 ms. */
  slowCalls = 0;
  #longestMs = 0;

  /** Nothing else runs in this thread until `work` returns. */
  timed<Value>(work: () => Value): Value {
    const began = performance.now();
    try {
      return work();
    } finally {
      const ms = performance.now() - began;
      this.#longestMs = Math.max(this.#longestMs, ms);
      if (ms > slowMs) this.slowCalls++;
    }
  }

  /** The longest since this was asked before. */
  takeLongestMs(): number {
    const longest = this.#longestMs;
    this.#longestMs = 0;
    return longest;
  }
}
