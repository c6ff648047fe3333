const tickMs = 2_000;
/** A timer that is this late was not merely busy: the computer stood still. */
const sleptMs = 15_000;

/** Tells when this computer was asleep, by timers that came too late. */
export interface SleepWatch {
  /** Whether it slept at any time since that instant (milliseconds since the epoch). */
  sleptSince(instant: number): boolean;
  close(): void;
}

export function watchSleep(now: () => number, onWake: () => void): SleepWatch {
  let last = now();
  let wokeAt: number | null = null;
  const timer = setInterval(() => {
    const current = now();
    const slept = current - last > tickMs + sleptMs;
    last = current;
    if (!slept) return;
    wokeAt = current;
    onWake();
  }, tickMs);
  timer.unref();
  return {
    sleptSince: (instant) => (wokeAt !== null && wokeAt >= instant) || now() - last > tickMs + sleptMs,
    close: () => clearInterval(timer),
  };
}
