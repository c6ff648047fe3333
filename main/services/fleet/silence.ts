import type { Fault } from '../../contract/faults.ts';
import type { Gap } from '../../contract/history.ts';
import { gapOf, isSilence } from '../../domain/policy/gap-cause.ts';
import { watchClock } from './clock-watch.ts';

export interface SilenceOptions {
  now(): number;
  uptimeMs(): number;
  sleptSince(instant: number): boolean;
  /** When the newest stored sample was collected; what lies between it and the first new one was not watched. */
  readonly lastSampleAt: number | null;
  /** Seconds between fast samples as they come now. */
  cadence(): number;
}

/** Tells what is missing between the samples of a host, and why. */
export interface Silence {
  /** What is missing up to now; null while samples come. */
  openGap(): Gap | null;
  /** `cadence` answers something else now. */
  adjust(): void;
  /** A sample came, at `at`; answers what was missing before it. */
  broken(at: number, rebooted: boolean): Gap | null;
  /** Why nothing comes from now on. */
  failed(fault: Fault): void;
  /** Nobody asks for samples any more. */
  left(): void;
}

export function createSilence(options: SilenceOptions): Silence {
  const { now, cadence } = options;
  let lastSampleAt = options.lastSampleAt;
  /** Marked with each sample. */
  const clock = watchClock(options);
  /** The widest distance that was meant since then: a host that is looked at now was perhaps not when it last spoke. */
  let widestSeconds = cadence();
  /** Why nothing came since `lastSampleAt`. */
  let lastFault: Fault | null = null;
  let watched = false;

  /**
   * When the last sample came, by the clock as it is set now: one that was set since then is no silence, and hides none.
   * Null when there was none.
   */
  function since(): number | null {
    return lastSampleAt === null ? null : lastSampleAt + clock.setByMs();
  }

  function gapUpTo(to: number, rebooted: boolean): Gap | null {
    const from = since();
    if (from === null || !(rebooted || isSilence(from, to, Math.max(widestSeconds, cadence())))) return null;
    return gapOf({ from, to, slept: options.sleptSince(from), rebooted, fault: lastFault, watched });
  }

  return {
    openGap: () => gapUpTo(now(), false),
    adjust: () => {
      widestSeconds = Math.max(widestSeconds, cadence());
    },
    broken: (at, rebooted) => {
      const gap = gapUpTo(at, rebooted);
      lastSampleAt = at;
      clock.mark();
      widestSeconds = cadence();
      lastFault = null;
      watched = true;
      return gap;
    },
    failed: (fault) => {
      lastFault = fault;
    },
    left: () => {
      watched = false;
    },
  };
}
