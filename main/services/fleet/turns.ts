/** Gives hosts their turns, one after the other: many that are begun at once must not arrive at once. */
export interface Turns {
  /** Acts at once where the turn before is long enough ago, else when it comes to that. */
  take(hostId: string, act: () => void): void;
  /** What waits for a host is not done any more. */
  cancel(hostId: string): void;
  close(): void;
}

/**
 * Turns are `spreadMs` apart, half as much more or less by chance, so that the hosts of two consoles which woke together
 * do not keep step. `uptimeMs` is of this computer; `random` answers 0 to 1.
 */
export function createTurns(options: { spreadMs: number; uptimeMs(): number; random(): number }): Turns {
  const waiting = new Map<NodeJS.Timeout, string>();
  let nextAt = Number.NEGATIVE_INFINITY;
  return {
    take: (hostId, act) => {
      const now = options.uptimeMs();
      const at = Math.max(now, nextAt);
      nextAt = at + options.spreadMs * (0.5 + options.random());
      if (at === now) return act();
      const timer = setTimeout(() => {
        waiting.delete(timer);
        act();
      }, at - now);
      waiting.set(timer, hostId);
    },
    cancel: (hostId) => {
      for (const [timer, waits] of waiting) {
        if (waits !== hostId) continue;
        clearTimeout(timer);
        waiting.delete(timer);
      }
    },
    close: () => {
      for (const timer of waiting.keys()) clearTimeout(timer);
      waiting.clear();
    },
  };
}
