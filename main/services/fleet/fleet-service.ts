import type { Fault } from '../../contract/faults.ts';
import type { HealthEvent, Standing } from '../../contract/health.ts';
import type { Gap, Live } from '../../contract/history.ts';
import type {
  Answer,
  Fleet,
  FleetChange,
  Host,
  HostDraft,
  HostView,
  HostVisit,
  Labels,
  Removal,
} from '../../contract/hosts.ts';
import type { Place, Recording, SavedRing } from '../../contract/recordings.ts';
import type { Kind, Sample } from '../../contract/samples.ts';
import type { CommandRecord } from '../../domain/collect/record.ts';
import type { Connect, Transport } from '../../domain/collect/transport.ts';
import type { Cadence } from '../../domain/policy/cadence.ts';
import type { RingBounds } from '../../domain/policy/capture-bounds.ts';
import type { Limits } from '../../domain/present/levels.ts';
import type { Source } from '../../domain/provenance/explain-reading.ts';
import type { KeptSession, SessionListeners } from './kept-session.ts';
import type { OpenSink } from './recording.ts';

/** Where hosts and their samples are kept. */
export interface HostBook {
  hosts(): Promise<Host[]>;
  saveHost(host: Host): Promise<void>;
  /** Forgets a host and all that is kept of it or for it. */
  removeHost(host: Host): Promise<void>;
  append(hostId: string, samples: readonly Sample[]): void;
  appendGap(hostId: string, gap: Gap): void;
  appendEvents(hostId: string, events: readonly HealthEvent[]): void;
  /** What was wrong with a host, by the events that are kept. */
  standing(hostId: string): Promise<Standing[]>;
  lastSampleAt(hostId: string): Promise<number | null>;
}

export interface FleetOptions {
  readonly book: HostBook;
  connectTo(host: Host): Connect;
  startSession(transport: Transport, listeners: SessionListeners, signal: AbortSignal): Promise<KeptSession>;
  readonly openSink: OpenSink;
  readonly dumpFolder: string;
  /** A dump that has more bytes ends, and the next one begins; by default, as always. */
  readonly maxDumpBytes?: () => number;
  /** How much of what hosts said lately is kept; by default, as always: nothing. */
  readonly ringBounds?: () => RingBounds;
  now(): number;
  /** Of this computer, its sleep included; see `watchSleep`. */
  uptimeMs(): number;
  retryDelayMs(attempt: number, fault: Fault): number;
  /** 0 to 1, for how far apart hosts are begun; by chance where it is left out. */
  random?(): number;
  /** See `KeeperOptions`. */
  readonly wantedCadence?: () => Cadence;
  /** From where on a value of that host is trouble; by default, as anywhere. */
  limitsOf?(host: Host): Limits;
  /** Something came, changed or went that is wrong with a kept host. */
  onHealth?(host: Host, events: readonly HealthEvent[]): void;
  /** Hosts that are shown but not kept by anybody: opened dumps. */
  guests(): HostView[];
  /** What is wrong with Rackside itself, in sentences. */
  warnings(): string[];
}

export interface RecordRequest extends Place, Pick<Recording, 'by'> {
  readonly minutes?: number | undefined;
}

export interface FleetService {
  /** Connects every host; starts are spread, so that a large fleet does not arrive at once. */
  start(): void;
  /** The whole fleet, then what changes; what a slow reader missed comes as one change. */
  watch(signal: AbortSignal): AsyncIterable<FleetChange>;
  /** The fleet as it is, without any effect on it. */
  list(): Fleet;
  /** Something outside the fleet changed what `guests` or `warnings` answer. */
  refresh(): void;
  /** `wantedCadence` or `ringBounds` answers something else now. */
  adjust(): void;
  live(hostId: string, signal: AbortSignal): AsyncIterable<Live>;
  /** What a sample was computed from, by the instant that its round began at; null where that is not kept any more. */
  sourcesOf(hostId: string, kind: Kind, beganAt: number): Source[] | null;
  /** Looks at a host, known or not, for as long as the result is read; a host that is not known is not kept. */
  visit(wanted: HostDraft | { hostId: string }, signal: AbortSignal): AsyncIterable<HostVisit>;
  hosts(): Host[];
  add(draft: HostDraft): Promise<Host>;
  update(hostId: string, draft: HostDraft): Promise<Host>;
  label(labels: Labels): Promise<void>;
  /** Takes it out of the fleet; what is stored of it stays until its time is over, or the fleet closes. */
  remove(hostId: string): Promise<Removal>;
  restore(hostId: string): Promise<Host>;
  connect(hostId: string): void;
  disconnect(hostId: string): void;
  /** Asks it now for everything but what is asked all the time. Throws `disconnected` where nothing reaches it. */
  ask(hostId: string): void;
  answer(hostId: string, questionId: string, answer: Answer): void;
  /** What a host is called and reached by now. Throws `disconnected`, with the reason, where nothing reaches it. */
  reach(hostId: string): { name: string; transport: Transport };
  /** Something else that a host said, for its dump where it is being recorded. */
  journal(hostId: string, record: CommandRecord): void;
  /** Ends by itself after so many minutes, where they are given. */
  record(hostId: string, request: RecordRequest): Promise<Recording>;
  stopRecording(hostId: string): Promise<Recording>;
  /** The recording as it goes; the last one is as it ended, or had to stop. */
  followRecording(hostId: string, signal: AbortSignal): AsyncIterable<Recording>;
  /** Writes what a host said in its last minutes as a dump. */
  saveRing(hostId: string, minutes: number, place: Place): Promise<SavedRing>;
  /** What is missing of a host up to now; null while samples come. */
  openGap(hostId: string): Gap | null;
  close(): Promise<void>;
}
