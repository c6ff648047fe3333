const tickMs = 2_000;
/** A timer that is this late was not merely busy: the computer stood still. */
const sleptMs = 15_000;

/** Tells when this computer was asleep, by timers that came too late. */
export interface SleepWatch {
  /** Whether it slept at any time since that instant (milliseconds since the epoch, by the clock as it is set now). */
  sleptSince(instant: number): boolean;
  close(): void;
}

/**
 * `uptimeMs` must count on while the computer sleeps, and must not follow the wall clock: setting that is no sleep.
 */
export function watchSleep(clocks: { now(): number; uptimeMs(): number }, onWake: () => void): SleepWatch {
  let last = clocks.uptimeMs();
  /** By the uptime: the wall clock may be set afterwards. */
  let wokeMs: number | null = null;
  const isLate = (): boolean => clocks.uptimeMs() - last > tickMs + sleptMs;
  const timer = setInterval(() => {
    const slept = isLate();
    last = clocks.uptimeMs();
    if (!slept) return;
    wokeMs = last;
    onWake();
  }, tickMs);
  timer.unref();
  return {
    sleptSince: (instant) => isLate() || (wokeMs !== null && clocks.uptimeMs() - wokeMs <= clocks.now() - instant),
    close: () => clearInterval(timer),
  };
}
