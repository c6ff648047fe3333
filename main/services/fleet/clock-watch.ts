/** Tells by how much the wall clock was set since it was last marked. */
export interface ClockWatch {
  mark(): void;
  /** Milliseconds, negative where it was set back; zero where it was not set, or never marked. */
  setByMs(): number;
}

/** Beyond this the clock was set; within it, clock and uptime are read one after the other. */
const leastMs = 1000;

/** `uptimeMs` counts on while the computer sleeps, and nobody sets it. */
export function watchClock({ now, uptimeMs }: { now(): number; uptimeMs(): number }): ClockWatch {
  let marked: number | null = null;
  return {
    mark: () => {
      marked = now() - uptimeMs();
    },
    setByMs: () => {
      const setBy = marked === null ? 0 : now() - uptimeMs() - marked;
      return Math.abs(setBy) < leastMs ? 0 : setBy;
    },
  };
}
