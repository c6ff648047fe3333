import type { Fault } from '../../contract/faults.ts';
import type { Extent, Gap, ProcessesAt, Series, SeriesRequest } from '../../contract/history.ts';
import type { Host } from '../../contract/hosts.ts';
import type { Kind, SampleData } from '../../contract/samples.ts';
import type { Retention } from './store.ts';

/** What the worker is told and asked. Calls run in the order in which they come. */
export interface StoreCalls {
  hosts(): Host[];
  saveHost(host: Host): void;
  removeHost(hostId: string): void;
  write(batch: Batch): void;
  series(request: SeriesRequest): Series;
  processesAt(hostId: string, at: number): ProcessesAt | null;
  extent(hostId: string): Extent;
  maintain(now: number): Promise<void>;
  health(): { bytes: number; slowCalls: number; longestPauseMs: number };
  close(): void;
}

/** What was gathered since the last write. */
export interface Batch {
  /** Layouts that no batch before has named, by their number. */
  readonly layouts: readonly (readonly [number, readonly string[]])[];
  readonly samples: readonly FlatSample[];
  /** The samples' readings one after the other, scaled to whole numbers; NaN is unknown. */
  readonly values: Float64Array<ArrayBuffer>;
  readonly gaps: readonly { readonly hostId: string; readonly gap: Gap }[];
}

export interface FlatSample {
  readonly hostId: string;
  readonly kind: Kind;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** As the sample had it, where it says more than `at`; else null. */
  readonly collectedAt: string | null;
  readonly boot: string | null;
  readonly layout: number;
  readonly cores: number;
  /** Undefined where the sample's kind has none. */
  readonly processes: SampleData['processes'] | undefined;
}

export type Call = {
  [Name in keyof StoreCalls]: { id: number; name: Name; args: Parameters<StoreCalls[Name]> };
}[keyof StoreCalls];
export type Reply = { id: number; value: unknown } | { id: number; fault: Fault };

export interface WorkerOptions {
  readonly path: string;
  readonly retention: Retention;
}
