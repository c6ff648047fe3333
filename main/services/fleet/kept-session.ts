import type { Fault } from '../../contract/faults.ts';
import type { Sample } from '../../contract/samples.ts';
import type { CommandRecord } from '../../domain/collect/record.ts';
import type { Cadence } from '../../domain/policy/cadence.ts';

/** What a keeper needs of a collecting session. */
export interface KeptSession {
  /** How many times slower than asked the host runs, because its rounds cost too much. */
  slowdown(): number;
  setFastSeconds(seconds: number): void;
  setSlowerSeconds(seconds: Omit<Cadence, 'fast' | 'watched'>): void;
  requestFirst(): void;
  askNow(): void;
  close(): void;
}

export interface SessionListeners {
  onRecord(record: CommandRecord): void;
  onSample(sample: Sample): void;
  /** Once: the session is over; null when it was closed. */
  onEnd(fault: Fault | null): void;
}
