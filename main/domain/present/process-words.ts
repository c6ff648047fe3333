import type { HostClock, Process } from '../../contract/samples.ts';

/** https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html, field 3 */
const stateWords: Readonly<Record<string, string>> = {
  R: 'running',
  S: 'sleeping',
  D: 'waiting for a device',
  I: 'idle',
  Z: 'ended, not collected by its parent',
  T: 'stopped',
  t: 'stopped by a debugger',
  X: 'dead',
};

/** `S (sleeping)`; a letter that no kernel of ours prints stands alone. */
export function processStateWords(state: string): string {
  const words = Object.hasOwn(stateWords, state) ? stateWords[state] : undefined;
  return words === undefined ? state : `${state} (${words})`;
}

/** A container's uptime may be counted from its own start, and the starts of its processes from that of its host. */
const toleranceSeconds = 1;

/** How long ago a process began, in seconds before its list; null where that is not known. */
export function processAge({ started_seconds }: Process, { uptime_seconds }: HostClock): number | null {
  if (started_seconds === null || uptime_seconds === null) return null;
  const age = uptime_seconds - started_seconds;
  return age < -toleranceSeconds ? null : Math.max(0, age);
}
