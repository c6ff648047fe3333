const tickMs = 2_000;
/** A timer that is this late was not merely busy: the computer stood still. */
const sleptMs = 15_000;

/** Tells when this computer was asleep, by timers that came too late. */
export interface SleepWatch {
  /** Whether it slept at any time since that instant (milliseconds since the epoch). */
  sleptSince(instant: number): boolean;
  close(): void;
}

/**
 * `uptimeMs` must count on while the computer sleeps, and must not follow the wall clock: setting that is no sleep.
 */
export function watchSleep(clocks: { now(): number; uptimeMs(): number }, onWake: () => void): SleepWatch {
  let last = clocks.uptimeMs();
  let wokeAt: number | null = null;
  const isLate = (): boolean => clocks.uptimeMs() - last > tickMs + sleptMs;
  const timer = setInterval(() => {
    const slept = isLate();
    last = clocks.uptimeMs();
    if (!slept) return;
    wokeAt = clocks.now();
    onWake();
  }, tickMs);
  timer.unref();
  return {
    sleptSince: (instant) => (wokeAt !== null && wokeAt >= instant) || isLate(),
    close: () => clearInterval(timer),
  };
}
