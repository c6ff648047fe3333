import type { Fault } from '../../contract/faults.ts';
import type { HealthEvent } from '../../contract/health.ts';
import type { HealthEventsRequest } from '../../contract/health-calls.ts';
import type {
  Extent,
  Gap,
  ProcessesAt,
  ProcessHistory,
  ProcessHistoryRequest,
  Seek,
  Series,
  SeriesRequest,
} from '../../contract/history.ts';
import type { Host } from '../../contract/hosts.ts';
import type { Kind } from '../../contract/samples.ts';
import type { Retention } from '../../domain/policy/retention.ts';
import type { KeptEvent, KeptStanding } from './event-log.ts';
import type { StoreHealth } from './store.ts';

/** What the worker is told and asked. Calls run in the order in which they come. */
export interface StoreCalls {
  hosts(): Host[];
  saveHost(host: Host): void;
  removeHost(hostId: string): void;
  write(batch: Batch): void;
  events(request: HealthEventsRequest): KeptEvent[];
  standing(hostId: string, at?: number): KeptStanding[];
  series(request: SeriesRequest): Series;
  processesAt(hostId: string, at: number, seek: Seek): ProcessesAt | null;
  process(request: ProcessHistoryRequest): Promise<ProcessHistory>;
  extent(hostId: string): Extent;
  maintain(now: number): Promise<void>;
  setRetention(retention: Retention): void;
  health(): StoreHealth;
  /** Does nothing: answered when all calls before it are. */
  sync(): void;
  close(): void;
}

/** What the worker says first: that it serves, and what is to be told of the file. */
export interface Opened {
  readonly notice: string | null;
}

/** What was gathered since the last write. */
export interface Batch {
  /** Layouts that no batch before has named, by their number. */
  readonly layouts: readonly (readonly [number, readonly string[]])[];
  /** What holds from the sample of that place on, for all samples with that route. */
  readonly routes: readonly (readonly [number, Route])[];
  /** How many samples there are. */
  readonly count: number;
  /** The samples (`batched-sample.ts`). */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly gaps: readonly { readonly hostId: string; readonly gap: Gap }[];
  readonly events: readonly { readonly hostId: string; readonly event: HealthEvent }[];
}

/** What the samples of one kind of one host have in common, until it is told anew. */
export interface Route {
  readonly number: number;
  readonly hostId: string;
  readonly kind: Kind;
  readonly boot: string | null;
  readonly cores: number;
  readonly layout: number;
}

export type Call = {
  [Name in keyof StoreCalls]: { id: number; name: Name; args: Parameters<StoreCalls[Name]> };
}[keyof StoreCalls];
export type Reply = { id: number; value: unknown } | { id: number; fault: Fault };

export interface WorkerOptions {
  readonly path: string;
  /** The file was found to be damaged, and is to be set aside. */
  readonly damaged: boolean;
  readonly retention: Retention;
}
