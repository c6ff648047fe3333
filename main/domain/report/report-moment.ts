import type { SampleData } from '../../contract/samples.ts';

/** What a report shows: one moment of a dump. All texts are a host's, or somebody's, and are escaped where they are put. */
export interface ReportMoment {
  /** What the dump is called. */
  readonly name: string;
  /** Milliseconds since the epoch, and how many minutes local time was ahead of UTC then. */
  readonly at: number;
  readonly zoneMinutes: number;
  /** The newest sample of each kind at that moment; null where there was none yet. */
  readonly fast: ReportSample | null;
  readonly medium: ReportSample | null;
  /** The commands around the moment, oldest first. */
  readonly entries: readonly ReportEntry[];
  /** What was damaged or missing in the dump, in sentences. */
  readonly notes: readonly string[];
  readonly isRedacted: boolean;
}

export interface ReportSample {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly data: SampleData;
}

export interface ReportEntry {
  readonly at: number;
  readonly command: string;
  readonly exit: number | null;
  readonly error: string | null;
  readonly durationMs: number;
  /** Bytes of the whole output. */
  readonly size: number;
  /** As much of it as is shown. */
  readonly stdout: string;
  readonly stderr: string;
  /** True where the output is longer than what is shown. */
  readonly isShortened: boolean;
  readonly truncated: boolean;
  readonly timedOut: boolean;
  readonly state: string;
}
