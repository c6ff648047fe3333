import { uptime } from 'node:os';

interface Clocks {
  /** Of this computer, milliseconds since the epoch; it may be set. */
  now(): number;
  /** Never set, and may stand still while the computer sleeps. */
  monotonicMs(): number;
  /** What the system says; to ask it takes longer than all else that is done for a gap. */
  uptimeMs(): number;
}

/** The two other clocks part by this much where the computer slept or its clock was set. */
const apartMs = 100;
/** A clock that is made to run a little faster or slower parts from the other for long. */
const longestMs = 60_000;

const ofSystem: Clocks = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  uptimeMs: () => uptime() * 1000,
};

/**
 * How long this computer has been up, its sleep included, in milliseconds; nobody sets it. The system is asked anew
 * when the other clocks say that something happened: a thousand hosts want to know it with each sample.
 */
export function createUptime(clocks: Clocks = ofSystem): () => number {
  let read: { readonly uptimeMs: number; readonly at: number; readonly apart: number } | null = null;
  return () => {
    const at = clocks.monotonicMs();
    const apart = clocks.now() - at;
    if (read === null || Math.abs(apart - read.apart) > apartMs || at - read.at > longestMs) {
      read = { uptimeMs: clocks.uptimeMs(), at, apart };
    }
    return read.uptimeMs + at - read.at;
  };
}
