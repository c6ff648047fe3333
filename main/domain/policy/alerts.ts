import type { HealthEvent } from '../../contract/health.ts';

/** Of what a person wants to be told by the desktop. */
export interface AlertWishes {
  readonly about: 'all' | 'bad' | 'none';
  /** Hours of the local day, 0 to 24, in which nobody is told; the same twice: none. */
  readonly quietFrom: number;
  readonly quietUntil: number;
}

/** Whether somebody should be told of an event at that local hour, 0 to 24. What was there at the start is no news. */
export function isAlert({ change, finding, sudden }: HealthEvent, wishes: AlertWishes, hour: number): boolean {
  if (!sudden || change === 'eased' || wishes.about === 'none' || isQuiet(wishes, hour)) return false;
  return wishes.about === 'all' || finding.severity === 'bad';
}

function isQuiet({ quietFrom: from, quietUntil: until }: AlertWishes, hour: number): boolean {
  return from <= until ? hour >= from && hour < until : hour >= from || hour < until;
}
