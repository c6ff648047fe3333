import type { Fault, FaultCode } from '../../contract/faults.ts';
import type { Gap, GapCause } from '../../contract/history.ts';

/** What is known about an interval without samples, at the moment when samples come again. */
export interface Silence {
  readonly from: number;
  readonly to: number;
  /** The laptop itself stood still for a part of it. */
  readonly slept: boolean;
  /** The host's boot id is another one than before. */
  readonly rebooted: boolean;
  /** The last failure that was met meanwhile; null when none was. */
  readonly fault: Fault | null;
  /** Whether Rackside was running and meant to collect. */
  readonly watched: boolean;
}

const causes: Partial<Record<FaultCode, GapCause>> = {
  auth_failed: 'auth_failed',
  host_key_changed: 'auth_failed',
  host_key_unknown: 'auth_failed',
  not_permitted: 'auth_failed',
  timeout: 'timed_out',
  bad_output: 'timed_out',
};

/**
 * The gap to record. Of several causes the one that explains the most wins: a host that rebooted was unreachable too,
 * and a laptop that slept could not have reached anything.
 */
export function gapOf(silence: Silence): Gap {
  const { from, to } = silence;
  if (!silence.watched)
    return { from, to, cause: 'not_watched', detail: 'Rackside was not collecting from this host.' };
  if (silence.rebooted) return { from, to, cause: 'rebooted', detail: 'The host was restarted: its boot id changed.' };
  if (silence.slept) return { from, to, cause: 'asleep', detail: 'This computer was asleep.' };
  if (silence.fault === null) return { from, to, cause: 'timed_out', detail: 'The host did not answer in time.' };
  return { from, to, cause: causes[silence.fault.code] ?? 'unreachable', detail: silence.fault.message };
}

/** Whether two samples of one kind are so far apart that something was missed, by the cadence at that time. */
export function isSilence(fromMs: number, toMs: number, cadenceSeconds: number): boolean {
  return toMs - fromMs > Math.max(3 * cadenceSeconds, 10) * 1000;
}
